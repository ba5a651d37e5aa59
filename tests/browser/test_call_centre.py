"""The working day seen through the console, with a call centre behind the endpoint."""

import json
import urllib.request

from test_console import ConsoleTest

CALLEE = "13188888888"
CUSTOMER = "13900000000"
BUSY = "10000000486"
NUMBER = "0109898989"
GROUP = "skill-group@ccc-test"
HOSTILE = "<img src=x onerror=alert(1)>"


class CallCentre(ConsoleTest):
    arguments = ("--world", "--user", "li@ccc-test")

    def post(self, path, value):
        """Sends a command as a program does."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", json.dumps(value).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def call_in(self, caller):
        self.post("/control/world/call-in", {"caller": caller, "callee": NUMBER, "skill_group": GROUP})

    def button(self, page, name):
        return page.get_by_role("button", name=name, exact=True)

    def call(self, page, text):
        """The card of the running call in which there is this text."""
        return page.get_by_role("region", name="Calls").locator("article").filter(has_text=text)

    def agent(self, page, name):
        named = page.get_by_role("heading", name=name, exact=True)
        return page.get_by_role("region", name="Agents").locator("article").filter(has=named)

    def state(self, card, text):
        card.locator(".head .state").get_by_text(text, exact=True).wait_for()

    def record(self, page, text):
        page.get_by_role("region", name="Last calls").last.locator("tbody tr").filter(has_text=text).wait_for()

    def press(self, page, *names):
        for name in names:
            self.button(page, name).click()

    def talk(self, page):
        """Rings a phone and answers it."""
        self.press(page, "Ring a phone", f"Answer as {CALLEE}")
        self.state(self.call(page, CALLEE), "Talking")

    # -- the working day -----------------------------------------------------

    def test_agent_signs_in_calls_talks_and_hangs_up_and_a_record_remains(self):
        page = self.console()
        self.press(page, "Sign in user-test", "Ready: user-test takes calls", "Call a number as user-test")
        self.assertEqual(page.get_by_label("Number", exact=True).input_value(), CALLEE)
        page.get_by_role("form", name="Call a number as user-test").get_by_role("button").click()
        self.state(self.call(page, CALLEE), "Ringing")
        self.state(self.agent(page, "user-test"), "Dialling")
        self.press(page, f"Answer as {CALLEE}")
        self.state(self.agent(page, "user-test"), "Talking")
        self.press(page, "Hold the call of user-test")
        self.call(page, "On hold").wait_for()
        self.press(page, "Retrieve the call of user-test from hold", "Hang up for user-test")
        self.state(self.agent(page, "user-test"), "After-call work")
        self.record(page, "Success, the agent hung up")
        page.get_by_text("No call is running.").wait_for()
        self.press(page, "Sign out user-test")
        self.state(self.agent(page, "user-test"), "Signed out")

    def test_time_of_a_talk_ticks(self):
        page = self.console()
        self.talk(page)
        time = self.call(page, CALLEE).locator(".head .number")
        time.get_by_text("0:01", exact=True).wait_for()
        time.get_by_text("0:02", exact=True).wait_for()

    def test_call_of_the_console_rings_until_somebody_answers_and_that_of_a_program_does_not(self):
        page = self.console()
        self.press(page, "Ring a phone")
        self.button(page, f"Answer as {CALLEE}").wait_for()
        for operation, parameters in [
            ("SignInGroup", {"SignedSkillGroupIdList": json.dumps([GROUP])}),
            ("MakeCall", {"Callee": "13100000001"}),
        ]:
            agent = {"InstanceId": "ccc-test", "UserId": "li@ccc-test", "DeviceId": "desk"}
            self.post("/console/call", {"operation": operation, "parameters": agent | parameters})
        self.state(self.call(page, "13100000001"), "Talking")
        self.state(self.call(page, CALLEE), "Ringing")

    def test_callee_who_is_busy_ends_the_call(self):
        page = self.console()
        self.press(page, "Sign in user-test", "Call a number as user-test")
        page.get_by_label("Number", exact=True).fill(BUSY)
        page.keyboard.press("Enter")
        self.record(page, "NoAnswer, 486 - Busy Here")
        self.press(page, "Ring a phone", f"Busy: end the call, {CALLEE} is on the phone")
        self.record(page, CALLEE)

    def test_caller_waits_in_the_queue_until_an_agent_is_ready(self):
        page = self.console()
        self.press(page, "Call in")
        self.state(self.call(page, CUSTOMER), "Waits for skill-group")
        page.get_by_role("region", name="Queues").last.get_by_text(f"{CUSTOMER} for").wait_for()
        self.press(page, "Sign in li", "Ready: li takes calls")
        self.state(self.agent(page, "li"), "Ringing")
        self.press(page, f"Answer call of {CUSTOMER} as li")
        self.state(self.call(page, CUSTOMER), "Talking")
        self.press(page, f"Hang up as {CUSTOMER}")
        self.record(page, "Success, the other party hung up")

    def test_call_is_handed_over_after_a_colleague_was_asked(self):
        page = self.console()
        self.press(page, "Sign in li", "Ready: li takes calls")
        self.talk(page)
        self.press(page, "Ask a colleague of user-test to take the call")
        page.get_by_label("To a user, skill group or number", exact=True).fill("li@ccc-test")
        page.keyboard.press("Enter")
        self.press(page, f"Answer call of user-test, {CALLEE} as li")
        self.state(self.call(page, CALLEE), "Consulting")
        self.press(page, "Hand over the call of user-test")
        self.state(self.agent(page, "user-test"), "After-call work")
        self.agent(page, "li").get_by_text(f"with {CALLEE}").wait_for()

    # -- keyboard and screen reader ------------------------------------------

    def test_first_call_needs_the_keyboard_alone(self):
        page = self.console()
        self.button(page, "Ring a phone").wait_for()
        for _ in range(20):
            if page.evaluate("document.activeElement.textContent") == "Ring a phone":
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        for name in [f"Answer as {CALLEE}", f"Hang up as {CALLEE}"]:
            page.wait_for_function("name => document.activeElement.getAttribute('aria-label') === name", arg=name)
            page.keyboard.press("Enter")
        self.record(page, "Success, the other party hung up")
        page.wait_for_function("document.activeElement.textContent === 'Ring a phone'")

    def test_changes_are_announced_once(self):
        page = self.console()
        self.button(page, "Ring a phone").wait_for()
        page.evaluate(
            """() => {
                window.said = [];
                const status = document.querySelector("[role=status]");
                const note = () => window.said.push(status.textContent);
                new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
            }"""
        )
        self.press(page, "Ring a phone", f"Answer as {CALLEE}", f"Hang up as {CALLEE}")
        self.record(page, "Success")
        said = [text for text in page.evaluate("window.said") if text]
        calls = [text for text in said if CALLEE in text]
        self.assertEqual([text.rpartition(": ")[2] for text in calls][-3:], ["Ringing", "Talking", "ended"])
        self.assertEqual(len(set(calls)), len(calls))

    def test_updates_leave_focus_and_typed_text_alone(self):
        page = self.console()
        field = page.get_by_label("From", exact=True)
        field.fill("139")
        self.call_in("1")
        self.call(page, NUMBER).wait_for()
        page.keyboard.type("1234")
        self.assertEqual(field.input_value(), "1391234")

    def test_refusals_are_said_beside_the_button(self):
        page = self.console()
        self.talk(page)
        self.press(page, "Transfer the call of user-test at once")
        page.get_by_label("To a user, skill group or number", exact=True).fill("nobody@ccc-test")
        page.keyboard.press("Enter")
        self.agent(page, "user-test").get_by_text("BlindTransfer was refused: NotExists.UserId").wait_for()

    # -- hostile names, crowds, looks ----------------------------------------

    def test_markup_in_names_and_numbers_is_text(self):
        page = self.console()
        self.post("/control/world/agent", {"login": HOSTILE, "instance": "ccc-test"})
        self.call_in(HOSTILE)
        self.agent(page, HOSTILE).wait_for()
        self.call(page, HOSTILE).wait_for()
        self.press(page, f"Hang up as {HOSTILE}", "Sign in user-test", "Call a number as user-test")
        self.record(page, HOSTILE)
        page.get_by_label("Number", exact=True).fill(HOSTILE + "\u202e")
        page.keyboard.press("Enter")
        self.call(page, "\u27e8202E\u27e9").first.wait_for()
        self.assertEqual(page.locator("main img, main script").count(), 0)

    def test_crowd_is_cut_and_counted(self):
        for index in range(250):
            self.post("/control/world/agent", {"login": f"agent-{index}", "instance": "ccc-test"})
        page = self.console()
        page.get_by_text("and 53 more").wait_for()
        self.assertEqual(page.get_by_role("region", name="Agents").locator("article").count(), 200)

    def test_call_centre_is_readable_in_both_themes_and_at_both_widths(self):
        page = self.console()
        self.press(page, "Sign in li", "Ready: li takes calls")
        self.talk(page)
        self.press(page, f"Hang up as {CALLEE}", "Ready: user-test takes calls")
        self.talk(page)
        self.press(page, "Call in", "Call in")
        self.press(page, "Hold the call of user-test", "Transfer the call of user-test at once")
        self.call(page, "On hold").wait_for()
        for theme in ["light", "dark"]:
            for width in [400, 1600]:
                other = self.console(theme=theme, width=width)
                self.call(other, CALLEE).wait_for()
                self.assert_no_horizontal_scroll(other)
                self.screenshot(other, f"call-centre-{theme}-{width}", full_page=True)
        self.screenshot(page, "call-centre-form", full_page=True)
