// The page: asks the endpoint twice a second what is new, and has each part show it.

import * as api from "./api.js";
import * as faults from "./faults.js";
import * as form from "./form.js";
import * as log from "./log.js";
import { element, keyed, setText, visible } from "./dom.js";

const PAUSE = 500; // milliseconds
const AFTER_FAILURE = 3000;

const place = (id) => document.getElementById(id);

/** Says something in the page's one status line, for eyes and screen readers. */
function announce(text) {
  const status = place("status");
  setText(status, text);
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => setText(status, ""), 6000);
}

const tools = { element, keyed, setText, visible, call: api.call, control: api.control, announce };
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

async function refresh() {
  let pause = PAUSE;
  if (document.visibilityState === "visible") {
    try {
      let state = await api.state(last);
      // Another endpoint, on the same port: its log begins anew.
      if (session !== null && state.session !== session) state = await api.state(0);
      await show(state);
      failed = false;
    } catch (error) {
      pause = AFTER_FAILURE;
      if (!failed) announce(error.message);
      failed = true;
    }
  }
  refresh.timer = setTimeout(refresh, pause);
}

log.mount(place("requests"));
faults.mount(place("faults"), announce);
form.mount(place("call"), announce).catch((error) => announce(error.message));
document.addEventListener("visibilitychange", () => {
  clearTimeout(refresh.timer);
  refresh();
});
refresh();
