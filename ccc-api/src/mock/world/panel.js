// The panel of the call centre on the console. It shows what the snapshot says may be done, and does it: agents by real
// requests, people outside by commands.

const CALLEE = "13188888888"; // the callee of the documented samples
const CUSTOMER = "13900000000";

const STATES = {
  OFFLINE: ["Signed out", "idle"],
  BREAK: ["On a break", "waiting"],
  READY: ["Ready", "good"],
  DIALING: ["Dialling", "active"],
  RINGING: ["Ringing", "active"],
  TALKING: ["Talking", "active"],
  WORKING: ["After-call work", "waiting"],
  CREATED: ["Dialling", "active"],
  ANSWERED: ["Connected", "good"],
  RELEASED: ["Left", "idle"],
};
const TYPES = { INBOUND: "Inbound", OUTBOUND: "Outbound", INTERNAL: "Internal" };

/** What people outside do: the command, its button, and the button's name for screen readers. */
const OUTSIDE = [
  ["answer", "Answer", (who) => `Answer as ${who}`],
  ["busy", "Busy", (who) => `Busy: end the call, ${who} is on the phone`],
  ["reject", "Reject", (who) => `Reject the call as ${who}`],
  ["hang-up", "Hang up", (who) => `Hang up as ${who}`],
];

const ownCall = (agent) => ({ JobId: agent.call.id });

/**
 * What agents do: the operation, its button, the button's name, the parameters beside those of the agent, and the field
 * that is asked for first.
 */
const AGENT = [
  { operation: "AnswerCall", label: "Answer", name: (agent) => `Answer call of ${partners(agent)} as ${agent.name}`, parameters: ownCall, primary: true },
  { operation: "SignInGroup", label: "Sign in", name: (agent) => `Sign in ${agent.name}`, field: "group", parameters: (agent, group) => ({ SignedSkillGroupIdList: JSON.stringify([group]) }) },
  { operation: "ReadyForService", label: "Ready", name: (agent) => `Ready: ${agent.name} takes calls` },
  { operation: "MakeCall", label: "Call", name: (agent) => `Call a number as ${agent.name}`, field: "number", parameters: (agent, number) => ({ Callee: number }) },
  { operation: "HoldCall", label: "Hold", name: (agent) => `Hold the call of ${agent.name}`, parameters: (agent) => ({ ...ownCall(agent), ChannelId: agent.call.holdable }) },
  { operation: "RetrieveCall", label: "Retrieve", name: (agent) => `Retrieve the call of ${agent.name} from hold`, parameters: (agent) => ({ ...ownCall(agent), ChannelId: agent.call.held }) },
  { operation: "MuteCall", label: "Mute", name: (agent) => `Mute ${agent.name}`, parameters: ownCall },
  { operation: "UnmuteCall", label: "Unmute", name: (agent) => `Unmute ${agent.name}`, parameters: ownCall },
  { operation: "InitiateAttendedTransfer", label: "Ask a colleague", name: (agent) => `Ask a colleague of ${agent.name} to take the call`, field: "target", parameters: (agent, to) => ({ ...ownCall(agent), Transferee: to }) },
  { operation: "BlindTransfer", label: "Transfer", name: (agent) => `Transfer the call of ${agent.name} at once`, field: "target", parameters: (agent, to) => ({ ...ownCall(agent), Transferee: to }) },
  { operation: "CompleteAttendedTransfer", label: "Hand over", name: (agent) => `Hand over the call of ${agent.name}`, parameters: ownCall, primary: true },
  { operation: "CancelAttendedTransfer", label: "Take back", name: (agent) => `Take back the call of ${agent.name}`, parameters: ownCall },
  { operation: "ReleaseCall", label: "Hang up", name: (agent) => `Hang up for ${agent.name}`, parameters: ownCall },
  { operation: "TakeBreak", label: "Break", name: (agent) => `Break for ${agent.name}`, parameters: () => ({ Code: "Lunch" }) },
  { operation: "SignOutGroup", label: "Sign out", name: (agent) => `Sign out ${agent.name}` },
];

const FIELDS = {
  group: { label: "Skill group", choice: (instance) => instance.skill_groups.list.map((group) => [group.id, group.name]) },
  number: { label: "Number", value: CALLEE },
  target: { label: "To a user, skill group or number", list: "panel-targets" },
};

const partners = (agent) => agent.call?.with.list.join(", ") ?? "";

/** Milliseconds as `0:07`, `12:34` or `1:02:03`. */
function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" }).format;

/** How far a call is: words, the kind of badge, and since when. */
function progress(call) {
  const live = call.channels.list.filter((channel) => channel.state !== "RELEASED");
  const rings = live.filter((channel) => channel.state === "RINGING");
  if (call.waits_for) return [`Waits for ${call.waits_for.name}`, "waiting", call.waits_for.since];
  // The caller's own device rings along until the callee answers.
  if (rings.length && !call.established) return ["Ringing", "active", rings.at(-1).since];
  if (call.established) return [call.consulting ? "Consulting" : "Talking", "good", call.established];
  return ["Dialling", "active", call.since];
}

export function mount(root, tools) {
  const { element, keyed, setText, visible } = tools;
  let chosen = null; // the id of the instance that is shown
  let instance = null; // that instance
  let now = 0;
  let known = null; // how far each call was, to announce what changed
  let awaited = null; // the call that was placed here, until it rings and its first button has the focus
  let left = null; // the card whose focused button is gone while something is done

  // -- parts that several views use ----------------------------------------

  const option = (value, text) => element("option", { value }, visible(text));
  const heading = (id, text) => element("h3", { id: `panel-${id}` }, text);
  const section = (id, title, ...children) =>
    element("section", { class: "part", "aria-labelledby": `panel-${id}` }, heading(id, title), ...children);
  const setHidden = (node, hidden) => { if (node.hidden !== hidden) node.hidden = hidden; };
  const setAttribute = (node, name, value) => { if (node.getAttribute(name) !== value) node.setAttribute(name, value); };
  const setBadge = (node, [text, kind]) => { setText(node, text); setAttribute(node, "data-state", kind); };

  function setMore(node, { more }) {
    setHidden(node, !more);
    setText(node, more ? `and ${more.toLocaleString("en")} more` : "");
  }

  /** Does something once at a time, and says beside it what went wrong. */
  async function attempt(owner, act) {
    if (owner.dataset.busy) return undefined;
    owner.dataset.busy = "true";
    const problem = owner.querySelector(":scope > .problem");
    setHidden(problem, true);
    try {
      return await act();
    } catch (error) {
      setText(problem, error.message);
      setHidden(problem, false);
      tools.announce(error.message);
      return undefined;
    } finally {
      delete owner.dataset.busy;
    }
  }
  const problemLine = () => element("p", { class: "problem", hidden: true });

  /** Calls an operation as an agent; a refusal is an error. */
  async function ask(agent, operation, parameters = {}) {
    const { status, code, response } = await tools.call(operation, {
      InstanceId: instance.id, UserId: agent.id, DeviceId: agent.device || "console", ...parameters,
    });
    if (status === 200) return response.Data;
    throw new Error(status ? `${operation} was refused: ${code ?? status}. ${response?.Message ?? ""}` : `${operation} got no response.`);
  }

  /** Calls a number. It rings until somebody answers on this page. */
  async function ring(agent, number) {
    const data = await ask(agent, "MakeCall", { Callee: number });
    const job = data?.CallContext?.JobId;
    if (job) await tools.control("behaviour", { job_id: job, does: "wait" });
    return job;
  }

  // -- calls ---------------------------------------------------------------

  const first = element("button", { type: "button", class: "primary", onclick: () => attempt(start, ringFirst) }, "Ring a phone");
  const firstSays = element("p", { class: "muted" });
  const start = element("div", { class: "start" }, element("p", {}, "No call is running."), element("div", { class: "actions" }, first), firstSays, problemLine());
  const calls = element("div", { class: "cards" });
  const moreCalls = element("p", { class: "muted", hidden: true });

  const isFree = (agent) => agent.may.includes("SignInGroup") || agent.may.includes("MakeCall");
  function freeAgent() {
    const free = instance.agents.list.filter(isFree);
    return free.find((agent) => agent.id === instance.caller) ?? free[0];
  }

  async function ringFirst() {
    const agent = freeAgent();
    if (agent.may.includes("SignInGroup")) {
      await ask(agent, "SignInGroup", { SignedSkillGroupIdList: JSON.stringify([instance.skill_groups.list[0].id]) });
    }
    if (agent.state !== "READY") await ask(agent, "ReadyForService");
    awaited = await ring(agent, CALLEE);
  }

  function showStart() {
    const agent = freeAgent();
    const can = agent && instance.skill_groups.list.length && instance.numbers.list.some((number) => number.calls_out);
    setHidden(start, instance.calls.list.length > 0);
    setHidden(first, !can);
    setText(firstSays, can
      ? `${agent.may.includes("SignInGroup") ? `Signs ${visible(agent.name)} in, and calls` : `${visible(agent.name)} calls`} ${CALLEE}, which rings here for a minute. You answer for whoever is called.`
      : "Nobody is free to call: a call needs an agent, a skill group and a number to call from.");
  }

  function createChannel() {
    const press = (event) => {
      const item = event.target.closest("li");
      const { command } = event.target.dataset;
      attempt(item.closest(".card"), () => tools.control(command, { job_id: item.call, number: item.number }));
    };
    const buttons = OUTSIDE.map(([command, label]) => element("button", {
      type: "button", "data-command": command, class: command === "answer" ? "primary" : null, onclick: press,
    }, label));
    return element("li", {}, element("p", {}, element("b"), " ", element("span", { class: "muted" })),
      element("div", { class: "actions" }, element("span", { class: "state" }), element("span", { class: "number" }), buttons));
  }

  function updateChannel(item, channel, call) {
    Object.assign(item, { call: call.id, number: channel.number });
    const [name, role, badge, time] = item.querySelectorAll("b, .muted, .state, .number");
    const who = visible(channel.name);
    setText(name, who);
    const flags = channel.flags.filter((flag) => flag !== "HOLD").map((flag) => `, ${flag.toLowerCase()}`).join("");
    setText(role, `${channel.party}${flags}`);
    setBadge(badge, channel.flags.includes("HOLD") ? ["On hold", "waiting"] : STATES[channel.state]);
    setText(time, channel.state === "RELEASED" ? channel.ended ?? "" : duration(now - channel.since));
    item.classList.toggle("rings", channel.state === "RINGING" && channel.may.length > 0);
    for (const [command, , spoken] of OUTSIDE) {
      const button = item.querySelector(`[data-command="${command}"]`);
      setHidden(button, !channel.may.includes(command));
      setAttribute(button, "aria-label", spoken(who));
    }
  }

  function createCall() {
    const head = element("p", { class: "head" }, element("span", { class: "state" }), element("span", { class: "number" }));
    return element("article", { class: "card", tabindex: "-1" }, element("h4"), head, element("ul", { class: "channels" }), element("p", { class: "muted" }), problemLine());
  }

  function updateCall(card, call) {
    const [words, kind, since] = progress(call);
    setText(card.querySelector("h4"), `${visible(call.caller)} → ${visible(call.callee)}`);
    setBadge(card.querySelector(".head .state"), [words, kind]);
    setText(card.querySelector(".head .number"), duration(now - since));
    card.classList.toggle("ringing", words === "Ringing");
    keyed(card.querySelector(".channels"), call.channels.list, (channel) => channel.id, createChannel, (item, channel) => updateChannel(item, channel, call));
    setText(card.querySelector(":scope > .muted"), `${TYPES[call.type] ?? call.type}, ${call.id}`);
  }

  // -- agents --------------------------------------------------------------

  const agents = element("div", { class: "cards" });
  const moreAgents = element("p", { class: "muted", hidden: true });
  const targets = element("datalist", { id: "panel-targets" });

  function createAgent() {
    const card = element("article", { class: "card", tabindex: "-1" }, element("h4"),
      element("p", { class: "head" }, element("span", { class: "state" }), element("span", { class: "number" })),
      element("p", { class: "with" }), element("p", { class: "muted" }));
    const buttons = AGENT.map((action) => element("button", {
      type: "button", "data-operation": action.operation, class: action.primary ? "primary" : null,
      "aria-expanded": action.field ? "false" : null, onclick: () => press(card, action),
    }, action.label));
    card.append(element("div", { class: "actions" }, buttons), element("div", { class: "asked" }), problemLine());
    return card;
  }

  function press(card, action) {
    const groups = instance.skill_groups.list;
    if (!action.field) act(card, action);
    else if (action.field === "group" && groups.length === 1) act(card, action, groups[0].id);
    else toggleForm(card, action);
  }

  function act(card, action, value) {
    const { agent } = card;
    return attempt(card, async () => {
      if (action.operation === "MakeCall") await ring(agent, value);
      else await ask(agent, action.operation, action.parameters?.(agent, value));
      closeForm(card);
    });
  }

  const opened = (card) => card.querySelector(".asked form");

  function closeForm(card) {
    const had = opened(card)?.contains(document.activeElement);
    const operation = opened(card)?.dataset.of;
    opened(card)?.remove();
    for (const button of card.querySelectorAll("[aria-expanded]")) setAttribute(button, "aria-expanded", "false");
    if (had) card.querySelector(`[data-operation="${operation}"]`)?.focus();
  }

  /** Opens the field that an action asks for, or closes it again. */
  function toggleForm(card, action) {
    const was = opened(card)?.dataset.of;
    closeForm(card);
    if (was === action.operation) return;
    const { label, choice, value, list } = FIELDS[action.field];
    const input = choice
      ? element("select", {}, choice(instance).map(([id, name]) => option(id, name)))
      : element("input", { value, list, required: true, autocomplete: "off" });
    const submit = (event) => { event.preventDefault(); act(card, action, input.value); };
    const escape = (event) => { if (event.key === "Escape") closeForm(card); };
    const form = element("form", {
      class: "inline", "data-of": action.operation, "aria-label": visible(action.name(card.agent)), onsubmit: submit, onkeydown: escape,
    }, element("label", {}, label, input), element("button", { class: "primary" }, action.label));
    card.querySelector(".asked").append(form);
    setAttribute(card.querySelector(`[data-operation="${action.operation}"]`), "aria-expanded", "true");
    input.focus();
    input.select?.();
  }

  function updateAgent(card, agent) {
    card.agent = agent;
    setText(card.querySelector("h4"), visible(agent.name));
    const [state, kind] = STATES[agent.state];
    setBadge(card.querySelector(".state"), [agent.break_code ? `${state}: ${visible(agent.break_code)}` : state, kind]);
    setText(card.querySelector(".number"), agent.state === "OFFLINE" ? "" : duration(now - agent.since));
    const others = visible(partners(agent));
    setHidden(card.querySelector(".with"), !others);
    setText(card.querySelector(".with"), others ? `with ${others}` : "");
    setText(card.querySelector(":scope > .muted"), [
      agent.role === "Agent" ? null : agent.role,
      `extension ${agent.extension}`,
      agent.signed_in.list.map(visible).join(", "),
      agent.work_mode === "ON_SITE" ? null : agent.work_mode,
      agent.outbound_only ? "calls out only" : null,
    ].filter(Boolean).join(" · "));
    setHidden(card.querySelector(".actions"), agent.may.length === 0);
    for (const action of AGENT) {
      const button = card.querySelector(`[data-operation="${action.operation}"]`);
      const may = agent.may.includes(action.operation);
      setHidden(button, !may);
      if (may) setAttribute(button, "aria-label", visible(action.name(agent)));
      else if (opened(card)?.dataset.of === action.operation) closeForm(card);
    }
  }

  // -- people who call in, queues, records ---------------------------------

  const from = element("input", { value: CUSTOMER, required: true, autocomplete: "off" });
  const to = element("select");
  const groupOf = element("select");
  const callsIn = (event) => {
    event.preventDefault();
    attempt(inbound, () => tools.control("call-in", { caller: from.value, callee: to.value, skill_group: groupOf.value }));
  };
  const inboundForm = element("form", { class: "inline", onsubmit: callsIn },
    element("label", {}, "From", from), element("label", {}, "To", to), element("label", {}, "For the skill group", groupOf),
    element("button", {}, "Call in"));
  const inboundNone = element("p", { class: "muted", hidden: true }, "Nobody can call in: that needs a number and a skill group.");
  const inbound = section("inbound", "Somebody calls in", inboundForm, inboundNone, problemLine());

  function updateInbound() {
    const numbers = instance.numbers.list.filter((number) => number.is_called);
    keyed(to, numbers, (number) => number.number, (number) => option(number.number, number.number));
    keyed(groupOf, instance.skill_groups.list, (group) => group.id, (group) => option(group.id, group.name));
    const can = numbers.length > 0 && instance.skill_groups.list.length > 0;
    setHidden(inboundForm, !can);
    setHidden(inboundNone, can);
  }

  function table(...columns) {
    const body = element("tbody");
    const node = element("div", { class: "scroll", tabindex: "0" }, element("table", {},
      element("thead", {}, element("tr", {}, columns.map((column) => element("th", { scope: "col" }, column)))), body));
    const row = () => element("tr", {}, columns.map((_, index) => (index ? element("td") : element("th", { scope: "row" }))));
    const show = (list, key, cells) =>
      keyed(body, list, key, row, (line, item) => cells(item).forEach((text, index) => setText(line.children[index], text)));
    return { node, show };
  }

  const queues = table("Skill group", "Signed in", "Ready", "Waiting");
  const records = table("Ended", "From", "To", "Agent", "Talked", "How it ended");
  const moreRecords = element("p", { class: "muted", hidden: true });
  const noRecords = element("p", { class: "muted" }, "No call has ended yet. A record appears a second after the end of a call.");

  function waiting({ list, more }) {
    if (!list.length) return "nobody";
    const each = list.map((call) => `${visible(call.caller)} for ${duration(now - call.since)}`);
    return [...each, ...(more ? [`${more.toLocaleString("en")} more`] : [])].join(", ");
  }

  function ending(record) {
    const who = record.by_agent ? "the agent hung up" : "the other party hung up";
    return `${record.disposition}, ${record.talked > 0 ? who : record.reason}`;
  }

  // -- the whole -----------------------------------------------------------

  const instances = element("select", { onchange: () => { chosen = instances.value; } });
  const chooser = element("label", { hidden: true }, "Instance ", instances);
  const time = element("p", { class: "muted" });
  root.append(
    element("div", { class: "bar" }, chooser, time),
    section("calls", "Calls", start, calls, moreCalls),
    section("agents", "Agents", agents, moreAgents, targets),
    inbound,
    section("queues", "Queues", queues.node),
    section("records", "Last calls", noRecords, records.node, moreRecords),
  );
  for (const [part, name] of [[queues, "queues"], [records, "records"]]) {
    part.node.setAttribute("role", "region");
    part.node.setAttribute("aria-labelledby", `panel-${name}`);
  }

  function announceChanges() {
    const present = new Map(instance.calls.list.map((call) => [call.id, [progress(call)[0], call]]));
    const said = [];
    for (const [id, [words, call]] of present) {
      if (known && known.get(id)?.[0] !== words) said.push(`${call.caller} to ${call.callee}: ${words}`);
    }
    for (const [id, [, call]] of known ?? []) {
      if (!present.has(id)) said.push(`${call.caller} to ${call.callee}: ended`);
    }
    known = present;
    const text = said.length > 3 ? `${said.length} calls changed` : visible(said.join(". "));
    if (text) tools.announce(text, { quiet: true });
  }

  const canTakeFocus = (node) => node.isConnected && !node.closest("[hidden]");
  const firstButton = (node) => Array.from(node.querySelectorAll("button")).find(canTakeFocus);

  /** Renders. Where what had the focus is gone, the focus goes to what can be done next in the same card. */
  function keepingFocus(render) {
    const before = document.activeElement;
    const nowhere = !before || before === document.body;
    const card = nowhere ? left : root.contains(before) ? before.closest(".card, .start") : null;
    left = null;
    render();
    const isLost = nowhere || (card && !canTakeFocus(before));
    const call = awaited && calls.querySelector(`[data-key="${CSS.escape(awaited)}"]`);
    if (call && (isLost || call.contains(before))) {
      const button = call.querySelector(".rings") && firstButton(call);
      (button ?? call).focus();
      if (button) awaited = null;
    } else if (card?.dataset.busy && isLost) {
      // What comes of it is not all there yet.
      left = card;
    } else if (card && isLost) {
      const next = canTakeFocus(card) ? card : canTakeFocus(start) ? start : root;
      (firstButton(next) ?? next).focus();
    } else if (card && document.activeElement !== before) {
      before.focus();
    }
  }

  function render() {
    setText(time, `The call centre's time is ${clock(now)}.`);
    showStart();
    keyed(calls, instance.calls.list, (call) => call.id, createCall, updateCall);
    setMore(moreCalls, instance.calls);
    keyed(agents, instance.agents.list, (agent) => agent.id, createAgent, updateAgent);
    setMore(moreAgents, instance.agents);
    const free = instance.agents.list.filter((agent) => agent.state === "READY" || agent.state === "BREAK");
    keyed(targets, [...free, ...instance.skill_groups.list], (target) => target.id, (target) => option(target.id, target.name));
    updateInbound();
    queues.show(instance.skill_groups.list, (group) => group.id, (group) => [visible(group.name), String(group.signed_in), String(group.ready), waiting(group.waiting)]);
    records.show(instance.records.list, (record) => record.id, (record) => [clock(record.ended), visible(record.caller), visible(record.callee), visible(record.agents.list.join(", ")), record.talked > 0 ? duration(record.talked) : "not", ending(record)]);
    setHidden(records.node, instance.records.list.length === 0);
    setHidden(noRecords, instance.records.list.length > 0);
    setMore(moreRecords, instance.records);
  }

  function update(snapshot) {
    const { list } = snapshot.instances;
    const found = list.find((candidate) => candidate.id === chosen) ?? list[0];
    if (!found) return;
    if (chosen !== found.id) known = null;
    [chosen, instance, now] = [found.id, found, snapshot.now];
    keyed(instances, list, (each) => each.id, (each) => option(each.id, each.id));
    instances.value = chosen;
    setHidden(chooser, list.length < 2);
    keepingFocus(render);
    announceChanges();
  }

  return { update };
}
