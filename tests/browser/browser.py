"""Pages in headless Chromium: what every test of a page needs, and what no page may do.

`.ci/browser` builds the program that serves them, and says in the environment where it is and where screenshots go.
"""

import os
import shutil
import unittest
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

PATIENCE = 10_000  # milliseconds until an element that does not appear is given up
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class BrowserTest(unittest.TestCase):
    """A test fails on whatever the browser complains of: errors of scripts, of the policy, failed or foreign requests."""

    @classmethod
    def setUpClass(cls):
        cls._playwright = cls.enterClassContext(sync_playwright())
        cls.browser = cls._playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=FLAGS
        )
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.complaints = []

    def tearDown(self):
        self.assertEqual(self.complaints, [])

    def open(self, url, theme="light", width=1280, height=800):
        """A page in a context of its own."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watching = [True]

        def complain(text):
            if watching[0]:
                self.complaints.append(text)

        def close():
            # Requests that are under way are broken off.
            watching[0] = False
            context.close()

        self.addCleanup(close)
        page.on("console", lambda message: message.type in ("error", "warning") and complain(f"console: {message.text}"))
        page.on("pageerror", lambda error: complain(f"script: {error}"))
        page.on("requestfailed", lambda request: complain(f"failed: {request.url} {request.failure}"))
        page.on("request", lambda request: is_foreign(request.url, url) and complain(f"foreign: {request.url}"))
        page.goto(url)
        return page

    def take_back(self, *expected):
        """Takes back complaints that a test provoked; each must have come."""
        for text in expected:
            found = [complaint for complaint in self.complaints if text in complaint]
            self.assertTrue(found, f"nothing complained of {text!r}: {self.complaints}")
            self.complaints = [complaint for complaint in self.complaints if complaint not in found]

    def screenshot(self, page, name, **options):
        folder = Path(os.environ["CCC_SCREENSHOTS"])
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", **options)

    def assert_no_horizontal_scroll(self, page):
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        self.assertLessEqual(wide[0], wide[1], "the page is wider than its window")


def is_foreign(url, page):
    """Whether a request leaves the place that a page is from. A page from a file asks for nothing else."""
    asked, own = urlsplit(url), urlsplit(page)
    if asked.scheme in ("data", "blob"):
        return False
    return (asked.scheme, asked.netloc) != (own.scheme, own.netloc)
