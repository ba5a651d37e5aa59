"""The review page: a change of pages, a hostile page, and every page of the workspace."""

import tempfile
from pathlib import Path

from browser import BrowserTest
from workspace import REPOSITORY, Workspace

SIZES = [(theme, width) for theme in ("light", "dark") for width in (400, 1600)]

# A page of which one field could stand in two places.
BELLS = """\
# ListBells

Lists bells.

[Try it](https://explorer.test/#product=Bell&api=ListBells&type=RPC&version=2021-01-02)

## Response parameters

|Parameter|Type|Description|
|--|--|--|
|Tower|Struct|The tower.|
|Height|Long|Its height.|
|Weight|Float|Of what?|
|RequestId|String|The request.|

## Examples

```
{"RequestId": "r", "Tower": {"Height": 3}}
```
"""

ATTACK = (
    '<script>window.broken = true</script><img src="https://evil.test/x.png" onerror="window.broken = true">'
    ' "onfocus="window.broken = true" ]]> <!-- </script></style> [a](javascript:window.broken=true)'
    " ![b](https://evil.test/y.png) \u202ec\u200b"
)

# The least contrast of any text with what is behind it, and that text.
LEAST_CONTRAST = """() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = numbers(getComputedStyle(at).backgroundColor);
      if (color[3] === undefined || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  let least = [21, ""];
  for (const element of document.querySelectorAll("body *")) {
    const has_text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!has_text || !element.checkVisibility()) continue;
    const [a, b] = [light(numbers(getComputedStyle(element).color)), light(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < least[0]) least = [contrast, element.outerHTML.slice(0, 200)];
  }
  return least;
}"""


class ReviewTest(BrowserTest):
    def setUp(self):
        super().setUp()
        self.workspace = Workspace(Path(self.enterContext(tempfile.TemporaryDirectory())))

    def field(self, page, name):
        return page.locator(".field > summary").filter(has=page.get_by_text(name, exact=True)).first


class Change(ReviewTest):
    def test_change_has_its_verdict_and_its_lines_are_marked(self):
        page = self.open(self.workspace.change(), width=1600)
        self.assertIn("Asks for 0.3.0", page.locator(".verdict").inner_text())
        self.assertIn("request.RingTone added (String)", page.locator(".body > .changes").inner_text())
        self.assertEqual(page.locator("tr.new").count(), 2)
        self.assertIn("|TimeoutSeconds|Integer|", page.locator("tr.gone").first.inner_text())

    def test_focus_by_keyboard_shows_lines_and_evidence(self):
        page = self.open(self.workspace.change(), width=1600)
        self.field(page, "CallContext").focus()
        page.keyboard.press("ArrowDown")
        self.assertEqual(page.evaluate("document.activeElement.querySelector('.name').textContent"), "CallType")
        inspector = page.locator(".inspector")
        self.assertIn("Data.CallContext.CallType", inspector.inner_text())
        self.assertIn("a sample shows it here", inspector.inner_text())
        lit = page.locator("tr.lit")
        self.assertIn("CallType", lit.inner_text())
        self.assertTrue(lit.evaluate("row => { const r = row.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; }"))
        self.assertEqual(page.locator("code.lit").count(), 2)
        page.keyboard.press("Escape")
        self.assertFalse(inspector.is_visible())

    def test_pointer_shows_the_same(self):
        page = self.open(self.workspace.change(), width=1600)
        self.field(page, "Callee").hover()
        self.assertIn("Callee", page.locator(".inspector").inner_text())
        page.locator("tr[data-l]").filter(has_text="DeviceId").first.hover()
        self.assertIn("DeviceId", page.locator(".field.lit > summary").first.inner_text())

    def test_opened_field_keeps_its_evidence_in_place(self):
        page = self.open(self.workspace.change())
        field = self.field(page, "Callee")
        field.press("Enter")
        page.locator(".field[open] .why").get_by_text("line 14").wait_for()
        page.locator(".inspector").wait_for(state="hidden")

    def test_looks(self):
        address = self.workspace.change()
        for theme, width in SIZES:
            with self.subTest(theme=theme, width=width):
                page = self.open(address, theme=theme, width=width, height=1000)
                self.assert_no_horizontal_scroll(page)
                self.screenshot(page, f"review-verdict-{theme}-{width}")
                page.locator(".panes").scroll_into_view_if_needed()
                page.locator(".panes").evaluate("panes => panes.scrollIntoView()")
                self.field(page, "ChannelContexts").focus()
                self.assert_no_horizontal_scroll(page)
                self.screenshot(page, f"review-{theme}-{width}")
                contrast, text = page.evaluate(LEAST_CONTRAST)
                self.assertGreaterEqual(contrast, 4.5, text)


class SinglePages(ReviewTest):
    def test_unsure_field_shows_where_else_it_may_belong(self):
        self.workspace.write("spec/docs/bell/ListBells.md", BELLS)
        page = self.open(self.workspace.review())
        self.assertIn("or at the top level? costs 0 more", self.field(page, "Weight").inner_text())
        self.assertIn("1 unsure", page.locator("nav").inner_text())

    def test_page_is_readable_without_script(self):
        self.workspace.write("spec/docs/bell/ListBells.md", BELLS)
        context = self.browser.new_context(java_script_enabled=False)
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(self.workspace.review())
        self.field(page, "Height").click()
        evidence = page.locator(".field[open] .why")
        self.assertIn("a sample shows it here", evidence.inner_text())
        evidence.get_by_role("link").first.click()
        self.assertEqual(page.locator("tr:target").inner_text().split()[:2], ["12", "Height"])

    def test_hostile_page_is_text(self):
        page = BELLS.replace("Lists bells.", ATTACK).replace("The tower.", ATTACK).replace("# ListBells", f"# {ATTACK}")
        page = page.replace('"r"', '"</pre><script>window.broken = true</script>"').replace("|Weight|", '|Weight"><i>|')
        self.workspace.write("spec/docs/bell/ListBells.md", page + "\n" + "> - " * 2000 + "\n\n|" + "a|" * 10_000 + "\n|" + "-|" * 10_000 + "\n")
        for width in (400, 1600):
            shown = self.open(self.workspace.review(), width=width)
            shown.on("dialog", lambda dialog: self.fail(dialog.message))
            for field in shown.locator(".field > summary").all():
                field.focus()
                field.click()
            self.assertIsNone(shown.evaluate("window.broken ?? null"))
            self.assertEqual(shown.evaluate("document.images.length + document.scripts.length"), 1)
            links = shown.evaluate("[...document.links].map((link) => link.protocol)")
            self.assertEqual(set(links), {"file:", "https:"})
            self.assert_no_horizontal_scroll(shown)
            self.screenshot(shown, f"review-hostile-{width}")


class EveryPage(ReviewTest):
    def test_link_to_a_line_opens_its_page(self):
        page = self.open(self.workspace.review(root=REPOSITORY) + "#MakeCall-14")
        self.assertTrue(page.locator("#MakeCall-14").is_visible())
        page.evaluate("location.hash = '#GetUser'")
        page.locator("#GetUser").wait_for()

    def test_filter_narrows_the_list(self):
        page = self.open(self.workspace.review(root=REPOSITORY))
        page.get_by_label("Filter").fill("makecall warning")
        self.assertEqual(page.locator("nav td a:visible").all_inner_texts(), ["MakeCall"])

    def test_weight_and_speed(self):
        address = self.workspace.review(root=REPOSITORY)
        page = self.open(address)
        size = (self.workspace.root / "review.html").stat().st_size
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        load = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        pages = page.locator(".op").count()
        print(f"review of {pages} pages: {size} bytes, first paint {paint:.0f} ms, loaded {load:.0f} ms")
        self.assertEqual(pages, len(list((REPOSITORY / "spec/docs").rglob("*.md"))))
