"""The console of the local endpoint: requests, signatures, faults and the form."""

import http.client
import json
from urllib.parse import quote_plus

from programs import Endpoint

from browser import BrowserTest
from signing import send, status

MARKUP = '<img src=x onerror="window.broken = true"><script>window.broken = true</script>'


class ConsoleTest(BrowserTest):
    def setUp(self):
        super().setUp()
        self.endpoint = self.enterContext(Endpoint(*self.arguments))
        self.port = self.endpoint.port
        self.url = f"http://127.0.0.1:{self.port}/console"

    arguments = ()

    def console(self, **look):
        page = self.open(self.url, **look)
        page.get_by_text("operations.").wait_for()
        return page

    def choose(self, page, operation):
        page.get_by_label("Operation", exact=True).first.fill(operation)
        page.get_by_role("heading", name=operation, exact=True).wait_for()

    def row(self, page, text):
        return page.locator(".log > li").filter(has_text=text).first

    def opened(self, page, text):
        row = self.row(page, text)
        row.get_by_role("button").click()
        row.get_by_role("heading", name="Response").wait_for()
        return row


class Requests(ConsoleTest):
    def test_call_of_the_form_is_in_the_log_with_its_signature(self):
        page = self.console()
        self.choose(page, "MakeCall")
        page.get_by_role("button", name="Send MakeCall").click()
        page.locator(".answer pre").wait_for()
        self.assertIn('"Code": "OK"', page.locator(".answer pre").inner_text())
        page.get_by_role("button", name="Show the request").click()
        row = self.row(page, "MakeCall")
        row.get_by_text("The signatures agree").wait_for()
        self.assertIn("sample of the operation's page", row.inner_text())

    def test_mistake_of_an_outside_client_is_explained(self):
        page = self.console()
        parameters = {"Action": "MakeCall", "InstanceId": "ccc-test", "Callee": "13188888888"}
        self.assertEqual(send(self.port, parameters, secret="testsecret"), 400)
        row = self.opened(page, "SignatureDoesNotMatch")
        self.assertIn("Version 1.0 signs with the secret followed by &.", row.inner_text())

    def test_text_that_differs_is_marked(self):
        page = self.console()
        self.assertEqual(send(self.port, {"Action": "GetUser", "UserId": "a b"}, encode=quote_plus), 400)
        row = self.opened(page, "SignatureDoesNotMatch")
        self.assertIn("Encode it as %20", row.inner_text())
        self.assertEqual(row.locator("mark").count(), 2)

    def test_secrets_are_masked(self):
        page = self.console()
        send(self.port, {"Action": "GetUser", "SecurityToken": "STSTOKEN", "UserId": "testsecret"})
        row = self.opened(page, "GetUser")
        for details in row.locator("details").all():
            details.locator("summary").click()
        text = row.inner_text()
        self.assertIn("[redacted]", text)
        for secret in ("STSTOKEN", "testsecret"):
            self.assertNotIn(secret, text)

    def test_search_narrows_the_list(self):
        page = self.console()
        for operation in ("GetUser", "ListUsers"):
            send(self.port, {"Action": operation})
        self.row(page, "ListUsers").wait_for()
        page.get_by_label("Search the requests").fill("getuser")
        self.row(page, "ListUsers").wait_for(state="detached")
        self.assertTrue(self.row(page, "GetUser").is_visible())

    def test_hundreds_of_requests_stay_readable(self):
        page = self.console()
        for number in range(320):
            status(f"http://127.0.0.1:{self.port}/?Action=Nothing{number}")
        self.row(page, "Nothing319").wait_for()
        self.assertEqual(page.locator(".log > li").count(), 300)


class Form(ConsoleTest):
    def test_problem_is_told_beside_its_field(self):
        page = self.console()
        self.choose(page, "MakeCall")
        callee = page.get_by_label("Callee", exact=False).first
        callee.fill("")
        page.get_by_role("button", name="Send MakeCall").click()
        page.get_by_text("Callee is missing", exact=True).wait_for()
        self.assertEqual(callee.get_attribute("aria-invalid"), "true")
        self.assertTrue(callee.evaluate("field => field === document.activeElement"))

    def test_operation_is_documented_beside_its_fields(self):
        page = self.console()
        self.choose(page, "GetUser")
        self.assertTrue(page.get_by_role("article", name="Documentation of GetUser").inner_text())

    def test_version_1_can_be_chosen(self):
        page = self.console()
        page.get_by_label("Signed with").select_option("v1")
        self.choose(page, "MakeCall")
        page.get_by_role("button", name="Send MakeCall").click()
        self.assertIn("Version 1.0", self.opened(page, "MakeCall").inner_text())


class Faults(ConsoleTest):
    def test_fault_waits_for_its_request_and_spoils_it(self):
        page = self.console()
        faults = page.locator("#faults")
        faults.get_by_label("Fault").select_option("status")
        faults.get_by_label("Operation").fill("GetUser")
        faults.get_by_role("button", name="Order").click()
        faults.get_by_text("GetUser: response replaced by status 503, once").wait_for()
        self.assertEqual(send(self.port, {"Action": "GetUser", "InstanceId": "ccc-test"}), 503)
        faults.get_by_text("No fault waits").wait_for()
        self.assertIn("A fault was ordered for it", self.opened(page, "GetUser").inner_text())

    def test_faults_are_cancelled(self):
        page = self.console()
        faults = page.locator("#faults")
        faults.get_by_role("button", name="Order").click()
        faults.get_by_text("Any operation: throttled, once").wait_for()
        faults.get_by_role("button", name="Cancel all").click()
        faults.get_by_text("No fault waits").wait_for()

    def test_wrong_order_is_told_what_is_wrong(self):
        page = self.console()
        faults = page.locator("#faults")
        faults.get_by_label("Operation").fill("Nothing")
        faults.get_by_role("button", name="Order").click()
        faults.get_by_text("has no operation `Nothing`").wait_for()
        self.take_back("400 (Bad Request)")


class Keyboard(ConsoleTest):
    def test_everything_can_be_done_without_a_mouse(self):
        page = self.console()
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.textContent"), "Skip to the content")
        page.keyboard.press("Enter")
        self.tab_to(page, "INPUT")
        page.keyboard.type("MakeCall")
        page.get_by_role("heading", name="MakeCall", exact=True).wait_for()
        page.keyboard.press("Escape")
        self.tab_to(page, "Send MakeCall")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Show the request").wait_for()
        self.tab_to(page, "Show the request")
        page.keyboard.press("Enter")
        row = self.row(page, "MakeCall")
        row.get_by_role("heading", name="Response").wait_for()
        self.assertTrue(row.get_by_role("button").evaluate("button => button === document.activeElement"))
        page.keyboard.press("Enter")
        row.get_by_role("heading", name="Response").wait_for(state="hidden")

    def tab_to(self, page, wanted):
        """Goes on to the element with that text or of that kind."""
        for _ in range(60):
            page.keyboard.press("Tab")
            there = page.evaluate("[document.activeElement.tagName, document.activeElement.textContent]")
            if wanted in there:
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                self.assertNotEqual(outline, "none", f"focus on {wanted} cannot be seen")
                return
        self.fail(f"no way to {wanted}")


class Hostile(ConsoleTest):
    def test_no_text_of_a_request_is_read_as_markup(self):
        page = self.console()
        send(self.port, {"Action": MARKUP, "InstanceId": MARKUP, MARKUP: "x"})
        row = self.opened(page, "<img src=x")
        self.assertIn(MARKUP, row.inner_text())
        self.assertEqual(page.evaluate("[window.broken, document.images.length, document.scripts.length]"), [None, 0, 1])

    def test_hidden_characters_are_shown(self):
        page = self.console()
        send(self.port, {"Action": "GetUser", "UserId": "a\u202eb\u0007c"})
        self.assertIn("a⟨202E⟩b⟨0007⟩c", self.opened(page, "GetUser").inner_text())

    def test_large_values_and_broken_encodings_are_shown(self):
        page = self.console(width=400)
        large = b"UserId=" + b"x" * 65536 + b"&Note=%FF%zz"
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertEqual(status(f"http://127.0.0.1:{self.port}/?Action=GetUser", headers, large), 400)
        row = self.opened(page, "could not be read")
        self.assertIn("more characters)", row.inner_text())
        self.assert_no_horizontal_scroll(page)

    def test_foreign_hosts_and_origins_are_refused(self):
        for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            for method, path in (("GET", "/console"), ("GET", "/console/state"), ("POST", "/console/call")):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request(method, path, body=b"{}", headers=headers)
                self.assertEqual(connection.getresponse().status, 403, f"{method} {path} {headers}")
                connection.close()


class Looks(ConsoleTest):
    arguments = ("--world",)

    def test_page_fits_every_window_in_both_themes(self):
        send(self.port, {"Action": "GetUser", "InstanceId": "ccc-test", "UserId": "a b"}, encode=quote_plus)
        send(self.port, {"Action": "ListUsers", "InstanceId": "ccc-test"})
        for theme in ("light", "dark"):
            for width in (400, 1600):
                page = self.console(theme=theme, width=width, height=1000)
                self.choose(page, "MakeCall")
                page.get_by_role("button", name="Send MakeCall").click()
                self.opened(page, "SignatureDoesNotMatch")
                page.evaluate("scrollTo(0, 0)")
                self.assert_no_horizontal_scroll(page)
                self.screenshot(page, f"console-{theme}-{width}", full_page=True)

    def test_weight_and_first_paint(self):
        page = self.console()
        sizes = page.evaluate(
            """performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
                .map((entry) => [new URL(entry.name).pathname, entry.decodedBodySize])"""
        )
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        operations = page.locator("#operation-names option").count()
        files = {path: size for path, size in sizes if path != "/console/state"}
        print(f"\nfirst contentful paint after {paint:.0f} ms, with {operations} operations")
        print(f"{sum(files.values())} bytes in all: {json.dumps(files)}")
        self.assertGreater(operations, 200)
