"""Writes the pictures of the README: a page each, at a moment that shows what it is for.

Their names are the arguments; without any, all are written.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from programs import Endpoint

from browser import FLAGS
from workspace import Workspace

SIZE = {"width": 1240, "height": 720}


def console(page):
    """A phone rings, and the log says why a client of another language was refused."""
    from signing import send

    with Endpoint("--world") as endpoint:
        page.goto(f"http://127.0.0.1:{endpoint.port}/console")
        send(endpoint.port, {"Action": "ListUsers", "InstanceId": "ccc-test"}, secret="testsecret")
        page.get_by_role("button", name="Ring a phone").click()
        page.get_by_role("button", name="Answer as 13188888888").wait_for()
        row = page.locator(".log > li").filter(has_text="SignatureDoesNotMatch")
        row.get_by_role("button").click()
        row.get_by_role("heading", name="Signature", exact=True).wait_for()
        # The line that says so to those who don't see it is gone by then.
        page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
        page.locator("#status").filter(has_not_text="x").wait_for(state="hidden")
        yield "console"


def review(page):
    """A row is new, a type has changed, and a field shows its line and its evidence."""
    with tempfile.TemporaryDirectory() as root:
        page.goto(Workspace(Path(root)).change())
        page.locator("tr.new").first.scroll_into_view_if_needed()
        field = page.locator(".field > summary").filter(has=page.get_by_text("TimeoutSeconds", exact=True)).first
        field.focus()
        page.locator(".inspector").wait_for()
        yield "review"


PICTURES = {"console": console, "review": review}


def main(names):
    folder = Path(os.environ["CCC_PICTURES"])
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), headless=True, args=FLAGS)
        for name in names or PICTURES:
            page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
            for picture in PICTURES[name](page):
                path = folder / f"{picture}.png"
                page.screenshot(path=path)
                print(f"{path}: {path.stat().st_size} bytes")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
