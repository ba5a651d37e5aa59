// The parameters of an operation as labelled inputs. The name of each input is the parameter's name on the wire.

import { element, visible } from "./dom.js";

const TYPES = { integer: "32-bit integer", long: "64-bit integer", number: "number", boolean: "true or false", json: "JSON" };
const JSON_TYPES = { list: "JSON list", structure: "JSON object", map: "JSON object" };

let serial = 0;

/** Builds the inputs of all parameters, required ones first. */
export function fields(parameters) {
  if (!parameters.length) return element("p", { class: "muted" }, "This operation has no parameters.");
  return parameters.toSorted((one, other) => other.required - one.required).map((field) => whole(field.name, field));
}

function whole(name, field) {
  if (field.json || !["structure", "list", "map"].includes(field.type)) return single(name, field);
  const content = { structure: members, list: elements, map: entries }[field.type](name, field);
  return element("fieldset", {},
    element("legend", {}, name, mark(field)),
    documentation(field), content);
}

const members = (name, field) => field.fields.map((member) => whole(`${name}.${member.name}`, { ...member, required: false }));

/** Builds the inputs of a list, numbered from 1, with a button that adds another. */
function elements(name, field) {
  const list = element("div", { class: "elements" });
  const add = () => list.append(whole(`${name}.${list.children.length + 1}`, { ...field.element, documentation: "" }));
  add();
  return [list, element("button", { type: "button", onclick: add }, `Add to ${name}`)];
}

function entries(name, field) {
  const list = element("div", { class: "elements" });
  const add = () => {
    const value = input(field.value);
    const key = element("input", { "aria-label": `Key in ${name}`, placeholder: "Key", oninput: () => { value.name = key.value ? `${name}.${key.value}` : ""; } });
    value.setAttribute("aria-label", `Value in ${name}`);
    list.append(element("div", { class: "actions" }, key, value));
  };
  add();
  return [list, element("button", { type: "button", onclick: add }, `Add to ${name}`)];
}

function single(name, field) {
  serial += 1;
  const id = `field-${serial}`;
  const control = input(field);
  control.id = id;
  control.name = name;
  control.setAttribute("aria-describedby", `${id}-about ${id}-problem`);
  if (field.required) control.setAttribute("aria-required", "true");
  return element("div", { class: "field" },
    element("label", { for: id }, name, mark(field)),
    element("span", { class: "type muted" }, type(field)),
    control, choices(control, field),
    element("p", { id: `${id}-problem`, class: "problem", hidden: true }),
    documentation(field, `${id}-about`));
}

const mark = ({ required }) => required && element("span", { class: "required" }, " required");

function documentation({ documentation }, id) {
  return element("p", { class: "about muted", id }, visible(documentation ?? ""));
}

/** Describes the type of a value, with its range. */
function type({ type, json, min, max }) {
  const range = min != null && max != null ? `${min} to ${max}` : min != null ? `from ${min}` : max != null ? `to ${max}` : "";
  return [json ? (JSON_TYPES[type] ?? "JSON") : TYPES[type], range].filter(Boolean).join(", ");
}

function input({ type, json, required, sample }) {
  if (type === "boolean" && !json) {
    return element("select", {}, ["", "true", "false"].map((value) => element("option", { value }, value || "not given")));
  }
  const attributes = { placeholder: sample ? `e.g. ${sample}` : "", autocomplete: "off", spellcheck: "false" };
  if (["integer", "long", "number"].includes(type)) attributes.inputmode = "decimal";
  const control = element("input", attributes);
  // Optional values are only suggested, because a filter would hide results.
  if (required && sample) control.value = sample;
  return control;
}

/** Builds suggestions from the documented values. The service may accept others. */
function choices(control, { values = [] }) {
  if (!values.length) return null;
  const id = `${control.id}-values`;
  control.setAttribute("list", id);
  if (!control.placeholder) control.placeholder = values.map(([value]) => value).join(", ");
  return element("datalist", { id }, values.map(([value, documentation]) =>
    element("option", { value, label: documentation || value })));
}

const inputs = (form) => Array.from(form.elements).filter((control) => control.name);

/** Returns the parameters to send, without empty ones. */
export function collect(form) {
  return Object.fromEntries(inputs(form).filter(({ value }) => value !== "").map(({ name, value }) => [name, value]));
}

/** Shows each problem beside its field. */
export function markProblems(form, problems) {
  const texts = new Map(problems.map(({ parameter, text }) => [parameter, text]));
  for (const control of inputs(form)) {
    const text = texts.get(control.name);
    const box = document.getElementById(`${control.id}-problem`);
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (!box) continue;
    box.textContent = text ? visible(text) : "";
    box.hidden = !text;
  }
}
