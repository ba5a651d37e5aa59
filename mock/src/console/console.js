// The page: asks the endpoint twice a second what is new, and has each part show it.

import * as api from "./api.js";
import * as faults from "./faults.js";
import * as form from "./form.js";
import * as log from "./log.js";
import { element, keyed, setText, visible } from "./dom.js";

const PAUSE = 500; // milliseconds
const AFTER_FAILURE = 3000;

const place = (id) => document.getElementById(id);

/** Says something in the page's one status line. Quietly: to screen readers alone, because eyes see it elsewhere. */
function announce(text, { quiet = false } = {}) {
  const status = place("status");
  status.classList.toggle("quiet", quiet);
  setText(status, text);
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => setText(status, ""), 6000);
}

/** Does something, and shows at once what has become of it. */
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

/** Asks once; gives after how long to ask again. */
async function ask() {
  if (document.visibilityState !== "visible") return PAUSE;
  try {
    let state = await api.state(last);
    // Another endpoint, on the same port: its log begins anew.
    if (session !== null && state.session !== session) state = await api.state(0);
    await show(state);
    failed = false;
    return PAUSE;
  } catch (error) {
    if (!failed) announce(error.message);
    failed = true;
    return AFTER_FAILURE;
  }
}

/** Asks now, and from then on regularly; once more if it is asking already, so that no answer is older than the question. */
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
