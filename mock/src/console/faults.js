// Faults: a form that orders one for the next requests, and the list of pending orders.

import * as api from "./api.js";
import { element, keyed, setText, visible } from "./dom.js";

/** The name, label and effect of each fault, and the value that some take: its name in the order, its label, its default. */
const FAULTS = [
  ["throttle", "Throttle", "Refuses the request, as if there were too many.", ["retry_after_seconds", "Seconds to wait", ""]],
  ["delay", "Delay", "Carries the request out, and sends the response this much later.", ["seconds", "Seconds", "5"]],
  ["status", "Gateway's page", "Carries the request out, and sends a page of HTML with this status.", ["status", "Status", "503"]],
  ["lose_response", "Lost response", "Carries the request out, and closes the connection without a response."],
  ["close", "Closed connection", "Closes the connection. Nothing is carried out."],
  ["nonsense", "Nonsense", "Carries the request out, and sends half a JSON object."],
];

const kind = element("select", { onchange: () => showValue() }, FAULTS.map(([value, text]) => element("option", { value }, text)));
const about = element("p", { class: "muted" });
const valueName = element("span");
const value = element("input", { type: "number", min: "0", step: "any" });
const valueLabel = element("label", {}, valueName, value);
const operation = element("input", { list: "operation-names", placeholder: "all", autocomplete: "off", spellcheck: "false" });
const count = element("input", { type: "number", min: "1", value: "1", required: true });
const waiting = element("ul", { class: "waiting" });
const none = element("p", { class: "muted" }, "No fault waits for a request.");
const problem = element("p", { class: "problem", role: "alert" });
const clear = element("button", { type: "button", onclick: () => order(api.clearFaults, "All faults are cancelled.") }, "Cancel all");

let announce = () => {};

export function mount(section, say) {
  announce = say;
  section.append(
    element("form", { class: "inline", onsubmit: submit },
      element("label", {}, "Fault", kind), valueLabel,
      element("label", {}, "Operation", operation),
      element("label", { class: "narrow" }, "Requests", count),
      element("button", { class: "primary" }, "Order")),
    about, problem, none, waiting, element("div", { class: "actions" }, clear));
  showValue();
}

export function update({ faults }) {
  const told = faults.map(({ operation, fault, left }, index) => ({ index, text:
    `${operation ?? "Any operation"}: ${fault}, ${left === 1 ? "once" : `${left} times`}` }));
  keyed(waiting, told, ({ index }) => index, () => element("li"), (item, { text }) => setText(item, visible(text)));
  none.hidden = told.length > 0;
  clear.hidden = told.length === 0;
}

const chosen = () => FAULTS.find(([name]) => name === kind.value) ?? FAULTS[0];

function showValue() {
  const [, , does, wanted] = chosen();
  setText(about, does);
  valueLabel.hidden = !wanted;
  setText(valueName, wanted?.[1] ?? "");
  value.value = wanted?.[2] ?? "";
  // A throttled response may do without a time; the others need their value.
  value.required = Boolean(wanted?.[2]);
}

function submit(event) {
  event.preventDefault();
  const [fault, , , wanted] = chosen();
  const ordered = { fault, count: Number(count.value) };
  if (wanted && value.value !== "") ordered[wanted[0]] = Number(value.value);
  if (operation.value.trim()) ordered.operation = operation.value.trim();
  order(() => api.orderFault(ordered), "The fault waits for the next request.");
}

async function order(send, text) {
  try {
    await send();
    setText(problem, "");
    announce(text);
  } catch (error) {
    setText(problem, error.message);
  }
}
