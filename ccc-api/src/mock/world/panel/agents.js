// Agents, with a button for each operation that is possible now. If it needs a value, its button opens a form first.

function createAgent() {
  const { element } = tools;
  const actions = element("div", { class: "actions" });
  const card = element("article", { class: "card", tabindex: "-1" },
    element("h4"),
    element("p", { class: "head" }, stateAndTime()),
    element("p", { class: "with" }),
    element("p", { class: "muted" }),
    actions,
    element("div", { class: "asked" }),
    problemLine());
  for (const action of AGENT) {
    actions.append(element("button", {
      type: "button",
      class: action.primary ? "primary" : null,
      "data-operation": action.operation,
      "aria-expanded": action.field ? "false" : null,
      onclick: () => pressAgent(card, action),
    }, action.label));
  }
  return card;
}

function updateAgent(card, agent) {
  card.agent = agent;
  const { setText, visible } = tools;
  const [state, kind] = STATES[agent.state];
  const others = visible(partners(agent));
  setText(card.querySelector("h4"), visible(agent.name));
  setBadge(card.querySelector(".state"), [agent.break_code ? `${state}: ${visible(agent.break_code)}` : state, kind]);
  setText(card.querySelector(".number"), agent.state === "OFFLINE" ? "" : duration(now - agent.since));
  setHidden(card.querySelector(".with"), !others);
  setText(card.querySelector(".with"), others ? `with ${others}` : "");
  const about = [
    agent.role === "Agent" ? null : agent.role,
    `extension ${agent.extension}`,
    agent.signed_in.list.join(", "),
    agent.work_mode === "ON_SITE" ? null : agent.work_mode,
    agent.outbound_only ? "calls out only" : null,
  ];
  setText(card.querySelector(":scope > .muted"), visible(about.filter(Boolean).join(" · ")));
  setHidden(card.querySelector(".actions"), agent.may.length === 0);
  for (const action of AGENT) {
    const button = buttonOf(card, action.operation);
    const may = agent.may.includes(action.operation);
    setHidden(button, !may);
    if (may) setAttribute(button, "aria-label", nameOf(action, agent));
    else if (openForm(card)?.dataset.operation === action.operation) closeForm(card);
  }
}

const nameOf = (action, agent) => tools.visible(action.name(agent.name, partners(agent)));
const buttonOf = (card, operation) => card.querySelector(`.actions > [data-operation="${operation}"]`);
const openForm = (card) => card.querySelector(".asked form");

function pressAgent(card, action) {
  const groups = instance.skill_groups.list;
  if (!action.field) actAs(card, action);
  else if (action.field === "group" && groups.length === 1) actAs(card, action, groups[0].id);
  else toggleForm(card, action);
}

function actAs(card, action, value) {
  const { agent } = card;
  return attempt(card, async () => {
    if (action.operation === "MakeCall") await ring(agent, value);
    else await ask(agent, action.operation, action.parameters?.(agent, value));
    closeForm(card);
  });
}

function closeForm(card) {
  const form = openForm(card);
  if (!form) return;
  const button = buttonOf(card, form.dataset.operation);
  const hadFocus = form.contains(document.activeElement);
  form.remove();
  setAttribute(button, "aria-expanded", "false");
  if (hadFocus) button.focus();
}

/** Opens the form of an action, or closes it if it is open. */
function toggleForm(card, action) {
  const { element } = tools;
  const was = openForm(card)?.dataset.operation;
  closeForm(card);
  if (was === action.operation) return;
  const { label, choice, value, list } = FIELDS[action.field];
  const input = choice
    ? element("select", {}, instance.skill_groups.list.map((group) => option(group.id, group.name)))
    : element("input", { value, list, required: true, autocomplete: "off" });
  const form = element("form", {
    class: "inline",
    "data-operation": action.operation,
    "aria-label": nameOf(action, card.agent),
    onkeydown: (event) => event.key === "Escape" && closeForm(card),
    onsubmit: (event) => {
      event.preventDefault();
      actAs(card, action, input.value);
    },
  }, element("label", {}, label, input), element("button", { class: "primary" }, action.label));
  card.querySelector(".asked").append(form);
  setAttribute(buttonOf(card, action.operation), "aria-expanded", "true");
  input.focus();
  input.select?.();
}

function agentsView() {
  const list = tools.element("div", { class: "cards" });
  const more = moreLine();
  const targets = tools.element("datalist", { id: "panel-targets" });
  function update() {
    tools.keyed(list, instance.agents.list, (agent) => agent.id, createAgent, updateAgent);
    setMore(more, instance.agents);
    const free = instance.agents.list.filter(({ state }) => state === "READY" || state === "BREAK");
    choices(targets, [...free, ...instance.skill_groups.list].map(({ id, name }) => [id, name]));
  }
  return { node: part("agents", "Agents", list, more, targets), update };
}
