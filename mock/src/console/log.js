// The list of requests, newest first. A row opens on a click or on Enter, and then shows the details of its request.

import * as api from "./api.js";
import { element, keyed, setText, visible } from "./dom.js";
import { detail } from "./detail.js";

const MOST = 300; // rows

let requests = [];
let session = null;
let awaited = null;
const open = new Set();

const list = element("ol", { class: "log", "aria-label": "Requests, newest first" });
const search = element("input", { type: "search", placeholder: "Operation, code or reason", oninput: () => draw() });
const refusedOnly = element("input", { type: "checkbox", onchange: () => draw() });
const none = element("p", { class: "muted" });

export function mount(section) {
  section.append(
    element("div", { class: "bar filter" },
      element("label", {}, element("span", { class: "unseen" }, "Search the requests"), search),
      element("label", { class: "check" }, refusedOnly, "Only refused ones and those with a fault")),
    none, list);
  draw();
}

/** Adds new requests to the list. Clears it before, if another endpoint has taken the port. */
export function update(state) {
  if (session !== state.session) {
    session = state.session;
    requests = [];
    open.clear();
    list.replaceChildren();
  }
  if (state.requests.length) {
    requests = [...state.requests.toReversed(), ...requests].slice(0, MOST);
    draw();
  }
}

/** Opens a request, and scrolls to it as soon as the list has it. */
export function reveal(number) {
  search.value = "";
  refusedOnly.checked = false;
  open.add(number);
  awaited = number;
  draw();
}

function draw() {
  const wanted = search.value.trim().toLowerCase();
  const matching = requests.filter((request) => (!refusedOnly.checked || isBad(request)) && matches(request, wanted));
  keyed(list, matching, (request) => request.number, row, expand);
  setText(none, emptyText(matching));
  none.hidden = matching.length > 0;
  list.hidden = matching.length === 0;
  const button = awaited && list.querySelector(`[data-key="${awaited}"] button`);
  if (!button) return;
  awaited = null;
  button.scrollIntoView({ block: "center" });
  button.focus();
}

function emptyText(matching) {
  if (matching.length) return "";
  if (requests.length) return "No request matches.";
  return `No requests yet. Send one to ${location.origin}, or call an operation with the form.`;
}

const isBad = (request) => Boolean(request.code || request.fault);

const matches = (request, wanted) =>
  !wanted || [request.operation, request.code, request.why].some((text) => text?.toLowerCase().includes(wanted));

function row(request) {
  const id = `request-${request.number}`;
  const button = element("button", { type: "button", "aria-expanded": "false", "aria-controls": id, onclick: () => toggle(request.number) },
    time(request.time),
    element("span", { class: "name" }, visible(request.operation || `${request.method} ${request.path}`)),
    badge(request),
    element("span", { class: "why" }, visible(request.fault ? `${capital(request.fault)}. ${request.why}` : request.why)));
  return element("li", {}, button, element("div", { id, class: "detail", hidden: true }));
}

export function badge({ status, code, fault }) {
  const tone = code ? "bad" : fault ? "waiting" : "good";
  const text = status === null || status === 0 ? "no response" : [status, code].filter(Boolean).join(" ");
  return element("span", { class: "state", "data-state": tone }, visible(text));
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Shows the time by the endpoint's clock, in UTC, as requests write it. */
function time(millis) {
  const date = new Date(millis);
  const iso = Number.isNaN(date.getTime()) ? "" : date.toISOString();
  return element("time", { datetime: iso, title: iso }, iso.slice(11, 19));
}

function toggle(number) {
  if (!open.delete(number)) open.add(number);
  draw();
}

function expand(item, request) {
  const [button, box] = item.children;
  const isOpen = open.has(request.number);
  if (box.hidden === !isOpen) return;
  button.setAttribute("aria-expanded", String(isOpen));
  box.hidden = !isOpen;
  if (isOpen && !box.hasChildNodes()) fill(box, request);
}

async function fill(box, request) {
  box.append(element("p", { class: "muted" }, "Loading …"));
  try {
    box.replaceChildren(...detail(await api.request(request.number)));
  } catch (error) {
    box.replaceChildren(element("p", { class: "problem" }, error.message));
  }
}
