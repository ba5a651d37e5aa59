// Sends requests to the endpoint. Every failure becomes an Error with a message for people.

import { visible } from "./dom.js";

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Error("The endpoint does not respond. Is it still running?");
  }
  const value = await response.json().catch(() => ({ error: "The endpoint's response is not JSON." }));
  if (!response.ok) throw new Error(visible(value.error ?? `The endpoint responded with status ${response.status}.`));
  return value;
}

function send(method, path, value) {
  return ask(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(value) });
}

export const state = (after) => ask(`/console/state?after=${after}`);
export const request = (number) => ask(`/console/requests/${number}`);
export const operations = () => ask("/console/operations");
export const operation = (name) => ask(`/console/operations/${encodeURIComponent(name)}`);

/** Calls an operation. The endpoint signs the request itself, and handles it like any other. */
export const call = (operation, parameters = {}, scheme = "acs3") =>
  send("POST", "/console/call", { operation, parameters, scheme });

/** Sends the world a command. */
export const control = (command, input = {}) => send("POST", `/control/world/${command}`, input);

export const orderFault = (order) => send("POST", "/control/faults", order);
export const clearFaults = () => send("DELETE", "/control/faults", {});
