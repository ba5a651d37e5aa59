// Running calls, with buttons for external parties. If no call is running, a button places one.

function startView() {
  const says = tools.element("p", { class: "muted" });
  const button = tools.element("button", { type: "button", class: "primary" }, "Ring a phone");
  const actions = tools.element("div", { class: "actions" }, button);
  const none = tools.element("p", {}, "No call is running.");
  const node = tools.element("div", { class: "start" }, none, actions, says, problemLine());

  const signsIn = (agent) => agent.may.includes("SignInGroup");
  function freeAgent() {
    const free = instance.agents.list.filter((agent) => signsIn(agent) || agent.may.includes("MakeCall"));
    return free.find((agent) => agent.id === instance.caller) ?? free[0];
  }

  async function ringFirst() {
    const agent = freeAgent();
    const groups = JSON.stringify([instance.skill_groups.list[0].id]);
    if (signsIn(agent)) await ask(agent, "SignInGroup", { SignedSkillGroupIdList: groups });
    if (agent.state !== "READY") await ask(agent, "ReadyForService");
    awaited = await ring(agent, CALLEE);
  }
  button.addEventListener("click", () => attempt(node, ringFirst));

  function update() {
    const agent = freeAgent();
    const can = agent && instance.skill_groups.list.length && instance.numbers.list.some((number) => number.calls_out);
    setHidden(node, instance.calls.list.length > 0);
    setHidden(button, !can);
    const who = can && (signsIn(agent) ? `Signs ${agent.name} in, and calls` : `${agent.name} calls`);
    tools.setText(says, can
      ? `${tools.visible(who)} ${CALLEE}, which rings for a minute. You answer for the called party.`
      : "Nobody is free to call: a call needs an agent, a skill group and a number to call from.");
  }
  return { node, update };
}

function createChannel() {
  const { element } = tools;
  const press = (event) => {
    const item = event.target.closest("li");
    const whom = { job_id: item.call, number: item.number };
    attempt(item.closest(".card"), () => tools.control(event.target.dataset.command, whom));
  };
  const buttons = OUTSIDE.map(([command, label]) => {
    const look = command === "answer" ? "primary" : null;
    return element("button", { type: "button", "data-command": command, class: look, onclick: press }, label);
  });
  const who = element("p", {}, element("b"), " ", element("span", { class: "muted" }));
  return element("li", {}, who, element("div", { class: "actions" }, stateAndTime(), buttons));
}

function updateChannel(item, channel, call) {
  Object.assign(item, { call: call.id, number: channel.number });
  const [name, role, badge, time] = item.querySelectorAll("b, .muted, .state, .number");
  const who = tools.visible(channel.name);
  const flags = channel.flags.filter((flag) => flag !== "HOLD").map((flag) => flag.toLowerCase());
  tools.setText(name, who);
  tools.setText(role, [channel.party, ...flags].join(", "));
  setBadge(badge, channel.flags.includes("HOLD") ? ["On hold", "waiting"] : STATES[channel.state]);
  tools.setText(time, channel.state === "RELEASED" ? channel.ended ?? "" : duration(now - channel.since));
  item.classList.toggle("rings", channel.state === "RINGING" && channel.may.length > 0);
  for (const [command, , spoken] of OUTSIDE) {
    const button = item.querySelector(`[data-command="${command}"]`);
    setHidden(button, !channel.may.includes(command));
    setAttribute(button, "aria-label", spoken(who));
  }
}

function createCall() {
  const { element } = tools;
  const head = element("p", { class: "head" }, stateAndTime());
  const channels = element("ul", { class: "channels" });
  const about = element("p", { class: "muted" });
  return element("article", { class: "card", tabindex: "-1" }, element("h4"), head, channels, about, problemLine());
}

function updateCall(card, call) {
  const [words, kind, since] = progress(call);
  tools.setText(card.querySelector("h4"), tools.visible(`${call.caller} → ${call.callee}`));
  setBadge(card.querySelector(".head .state"), [tools.visible(words), kind]);
  tools.setText(card.querySelector(".head .number"), duration(now - since));
  tools.setText(card.querySelector(":scope > .muted"), `${TYPES[call.type] ?? call.type}, ${call.id}`);
  card.classList.toggle("ringing", words === "Ringing");
  const each = (item, channel) => updateChannel(item, channel, call);
  tools.keyed(card.querySelector(".channels"), call.channels.list, (channel) => channel.id, createChannel, each);
}

function callsView() {
  const start = startView();
  const list = tools.element("div", { class: "cards" });
  const more = moreLine();
  function update() {
    start.update();
    tools.keyed(list, instance.calls.list, (call) => call.id, createCall, updateCall);
    setMore(more, instance.calls);
  }
  return { node: part("calls", "Calls", start.node, list, more), start: start.node, list, update };
}
