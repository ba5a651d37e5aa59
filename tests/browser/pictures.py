"""The pictures of the README, written to docs/. `.ci/browser --pictures` runs it."""

import os
import unittest
from pathlib import Path

from test_console import ConsoleTest


class Pictures(ConsoleTest):
    arguments = ("--world", "--user", "li@ccc-test")

    def write(self, page, name):
        folder = Path(os.environ["CCC_PICTURES"])
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")

    def test_console_with_a_call_that_rings(self):
        page = self.console(width=1280, height=720)
        page.get_by_role("button", name="Ring a phone").click()
        page.get_by_role("button", name="Answer as").focus()
        page.locator(".log > li").filter(has_text="MakeCall").get_by_role("button").click()
        page.get_by_text("The signatures agree").wait_for()
        page.evaluate("scrollTo(0, 0)")
        self.write(page, "console")


if __name__ == "__main__":
    unittest.main()
