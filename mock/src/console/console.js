// The page. It asks the endpoint for news twice a second, and updates each part.

import * as api from "./api.js";
import * as faults from "./faults.js";
import * as form from "./form.js";
import * as log from "./log.js";
import { element, keyed, setText, visible } from "./dom.js";

const PAUSE = 500; // milliseconds
const AFTER_FAILURE = 3000;

const place = (id) => document.getElementById(id);

/** Shows a text in the status line. `quiet` texts are for screen readers alone, because the page shows them elsewhere. */
function announce(text, { quiet = false } = {}) {
  const status = place("status");
  status.classList.toggle("quiet", quiet);
  setText(status, text);
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => setText(status, ""), 6000);
}

/** Wraps an action so that the page is updated right after it. */
const shown = (act) => (...input) => act(...input).finally(refresh);
const tools = { element, keyed, setText, visible, call: shown(api.call), control: shown(api.control), announce };
let panel = null;
let last = 0;
let session = null;
let failed = false;

async function mountPanel(title) {
  setText(place("world-title"), title);
  setText(place("to-world"), title);
  const { mount } = await import("/console/panel.js");
  panel = await mount(place("panel"), tools);
  place("world").hidden = place("to-world").hidden = false;
}

async function show(state) {
  session = state.session;
  last = state.last;
  log.update(state);
  faults.update(state);
  setText(place("title"), `Local endpoint of ${state.title}`);
  setText(place("about"), location.origin);
  place("to-openapi").hidden = !state.openapi;
  if (state.panel && !panel) await mountPanel(state.panel);
  panel?.update(state.world);
}

/** Asks once. Returns the time until it should ask again. */
async function ask() {
  if (document.visibilityState !== "visible") return PAUSE;
  try {
    const state = await api.state(last);
    // Another endpoint has taken the port. It may have other operations and another world.
    if (session !== null && state.session !== session) location.reload();
    else await show(state);
    failed = false;
    return PAUSE;
  } catch (error) {
    if (!failed) announce(error.message);
    failed = true;
    setText(place("about"), error.message);
    return AFTER_FAILURE;
  }
}

/**
 * Asks now, and regularly from then on. If it is asking already, it asks once more afterwards, because the response under
 * way may be older than this call.
 */
async function refresh() {
  clearTimeout(refresh.timer);
  refresh.again = true;
  if (refresh.asking) return;
  refresh.asking = true;
  let pause = PAUSE;
  while (refresh.again) {
    refresh.again = false;
    pause = await ask();
  }
  refresh.asking = false;
  refresh.timer = setTimeout(refresh, pause);
}

log.mount(place("requests"));
faults.mount(place("faults"), announce);
form.mount(place("call"), announce).catch((error) => announce(error.message));
document.addEventListener("visibilitychange", refresh);
refresh();
