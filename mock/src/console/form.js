// A form for any operation, with its documentation beside it.

import * as api from "./api.js";
import { element, setText, visible } from "./dom.js";
import { collect, fields, markProblems } from "./fields.js";
import { badge, reveal } from "./log.js";

let names = new Set();
let chosen = null;
let announce = () => {};

const name = element("input", { list: "operation-names", autocomplete: "off", spellcheck: "false", oninput: () => choose() });
const scheme = element("select", {},
  element("option", { value: "acs3" }, "ACS3-HMAC-SHA256"),
  element("option", { value: "v1" }, "Version 1.0 (HMAC-SHA1)"));
const count = element("p", { class: "muted" });
const operation = element("div", { class: "operation" });
const answer = element("div", { class: "answer", "aria-live": "off" });

export async function mount(section, say) {
  announce = say;
  section.append(
    element("form", { class: "inline", onsubmit: (event) => event.preventDefault() },
      element("label", {}, "Operation", name), element("label", {}, "Signed with", scheme)),
    count, operation, answer);
  const { operations } = await api.operations();
  operations.sort((one, other) => (one.area ?? "").localeCompare(other.area ?? "") || one.name.localeCompare(other.name));
  names = new Set(operations.map(({ name }) => name));
  document.getElementById("operation-names").append(...operations.map(({ name, area, summary }) =>
    element("option", { value: name, label: [area, summary].filter(Boolean).join(": ") || name })));
  name.placeholder = operations[0]?.name ?? "";
  setText(count, `Type to search ${operations.length} operations.`);
}

async function choose() {
  const wanted = name.value.trim();
  if (wanted === chosen || !names.has(wanted)) return;
  chosen = wanted;
  try {
    const described = await api.operation(wanted);
    // Another operation may have been chosen in the meantime.
    if (chosen === wanted) show(described);
  } catch (error) {
    chosen = null;
    announce(error.message);
  }
}

function show(described) {
  count.hidden = true;
  answer.replaceChildren();
  const form = element("form", { class: "parameters", novalidate: true },
    fields(described.parameters),
    element("div", { class: "actions" }, element("button", { class: "primary" }, `Send ${described.name}`)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(described.name, form);
  });
  operation.replaceChildren(documentation(described), form);
}

function documentation({ name, area, version, summary, documentation, idempotent, errors }) {
  const paragraphs = documentation.split("\n\n").filter((text) => text && text !== summary && text !== `${summary}.`);
  return element("article", { class: "documentation", "aria-label": `Documentation of ${name}` },
    element("h3", {}, name),
    element("p", { class: "muted" }, [area, version, idempotent ? "safe to repeat" : "not to be repeated"].filter(Boolean).join(" · ")),
    summary && element("p", {}, `${summary}.`),
    paragraphs.map((text) => element("p", {}, visible(text))),
    errors.length > 0 && element("details", {}, element("summary", {}, `Errors (${errors.length})`),
      element("ul", { class: "errors" }, errors.map(({ code, status, message }) =>
        element("li", {}, element("code", {}, code), " ", status, element("p", { class: "muted" }, message))))));
}

async function send(operation, form) {
  const button = form.querySelector("button.primary");
  button.disabled = true;
  try {
    const { status, code, response, entry, problems } = await api.call(operation, collect(form), scheme.value);
    markProblems(form, problems);
    answer.replaceChildren(
      element("h3", {}, "Response"),
      element("div", { class: "actions" },
        badge({ status, code }),
        element("button", { type: "button", onclick: () => reveal(entry) }, "Show the request")),
      element("pre", { tabindex: "0" }, visible(status === 0 ? "The connection was closed without a response." : pretty(response))));
    announce(`Response of ${operation}: ${status === 0 ? "none" : [status, code].filter(Boolean).join(" ")}.`, { quiet: true });
  } catch (error) {
    answer.replaceChildren(element("p", { class: "problem" }, error.message));
    announce(error.message, { quiet: true });
  } finally {
    button.disabled = false;
  }
  form.querySelector("[aria-invalid=true]")?.focus();
}

const pretty = (response) => (typeof response === "string" ? response : JSON.stringify(response, null, 2));
