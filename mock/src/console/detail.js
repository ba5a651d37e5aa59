// The details of one request: its parameters, its signature step by step, and the response.

import { element, visible } from "./dom.js";

export function detail(request) {
  const told = request.signature;
  const signed = told && part("Signature", ...signature(told));
  // A wrong signature comes first; few people read a right one.
  const wrong = told && told.scheme !== "bearer" && !told.agrees;
  return [
    request.fault && element("p", {}, `A fault was ordered for it: ${request.fault}.`),
    wrong && signed,
    part(`Parameters (${request.parameters.length})`, parameters(request.parameters),
      request.body && element("p", {}, request.body)),
    part("Response", ...response(request)),
    !wrong && signed,
    folded(`Headers of the request (${request.headers.length})`, table(request.headers)),
  ].filter(Boolean);
}

function part(title, ...content) {
  return element("section", {}, element("h3", {}, title), content);
}

function folded(title, ...content) {
  return element("details", {}, element("summary", {}, title), content);
}

const pre = (text) => element("pre", { tabindex: "0" }, visible(text));

function parameters(all) {
  if (!all.length) return element("p", { class: "muted" }, "None.");
  return table(all.map(({ name, value, place }) => [name, value, place]));
}

function table(rows) {
  const body = rows.map(([name, value, place]) => element("tr", {},
    element("th", { scope: "row" }, visible(name)),
    element("td", { class: "code" }, visible(value)),
    place && element("td", { class: "muted" }, place)));
  return element("div", { class: "scroll" }, element("table", {}, element("tbody", {}, body)));
}

function response(request) {
  if (!request.response) return [element("p", {}, "None. The connection was closed.")];
  return [
    pre(request.response.body),
    folded(`Headers of the response (${request.response.headers.length})`, table(request.response.headers)),
  ];
}

const SCHEMES = {
  acs3: "ACS3-HMAC-SHA256, in headers",
  v1: "Version 1.0 (HMAC-SHA1), in parameters",
  bearer: "A bearer token",
};

function signature({ scheme, key, steps = [], expected, received, agrees, mistakes = [], client, advice }) {
  return [
    verdict(agrees),
    mistakes.length > 0 && element("ul", { class: "mistakes" }, mistakes.map((text) => element("li", {}, code(text)))),
    advice && element("p", {}, advice),
    facts([
      ["Scheme", SCHEMES[scheme]],
      ["Access key", key],
      ["The endpoint's signature", expected],
      ["The client's signature", received],
    ]),
    client && compared(steps.find((step) => step.name === client.name) ?? steps.at(-1), client),
    steps.map((step) => folded(step.name, pre(step.text))),
  ];
}

function verdict(agrees) {
  if (agrees === undefined) return null;
  return element("p", {}, element("span", { class: "state", "data-state": agrees ? "good" : "bad" },
    agrees ? "The signatures agree" : "The signatures differ"));
}

function facts(pairs) {
  return element("dl", { class: "facts" }, pairs.filter(([, value]) => value).map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, visible(value)))));
}

/** Builds a sentence; its parts in backticks become code. */
function code(text) {
  return text.split("`").map((piece, index) => (index % 2 ? element("code", {}, visible(piece)) : visible(piece)));
}

/** Shows two texts, and marks the part in which they differ. */
function compared(ours, theirs) {
  const [one, other] = [Array.from(ours.text), Array.from(theirs.text)];
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const marked = (name, text) => element("div", {},
    element("h4", {}, name),
    element("pre", { tabindex: "0" },
      visible(text.slice(0, start).join("")),
      element("mark", {}, visible(text.slice(start, text.length - end).join(""))),
      visible(text.slice(text.length - end).join(""))));
  return element("div", { class: "compared" },
    marked(`${ours.name}: the endpoint's`, one), marked(`${theirs.name}: the client's`, other));
}
