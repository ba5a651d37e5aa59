"""A workspace of pages in a folder, and its review page."""

import os
import shutil
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
FOLDER = "ccc/2020-07-01"
PAGE = f"spec/docs/{FOLDER}/MakeCall.md"
FILES = [PAGE, f"spec/overlays/{FOLDER}/MakeCall.toml", "spec/products/ccc.toml"]


def run(*command, cwd=None):
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, timeout=120).stdout


class Workspace:
    def __init__(self, root):
        self.root = root

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def git(self, *arguments):
        run("git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", *arguments, cwd=self.root)

    def review(self, *arguments, root=None):
        """Writes the review page of this workspace, or of the one at `root`, and returns its address."""
        out = self.root / "review.html"
        run(os.environ["CCC_XTASK"], "--root", str(root or self.root), "review", "--out", str(out), *arguments)
        return out.as_uri()

    def change(self):
        """Changes a page and reviews it: a field is new, one has another type, and one is gone."""
        for name in FILES:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, self.root / name)
        run(os.environ["CCC_XTASK"], "--root", str(self.root), "regen")
        self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "v1")
        page = (self.root / PAGE).read_text(encoding="utf-8")
        changed = page.replace("|TimeoutSeconds|Integer|", "|RingTone|String|否|chimes|Played. |\n|TimeoutSeconds|Long|")
        changed = changed.replace("|WorkMode|String|ON\\_SITE|工作模式。 |\n", "")
        if page.count("\n") != changed.count("\n") or page == changed:
            raise AssertionError("the page has no such rows any more")
        self.write(PAGE, changed)
        return self.review("--base", "HEAD")
