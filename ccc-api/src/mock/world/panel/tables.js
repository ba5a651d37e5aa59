// People who call in, the queues in which they wait, and the last calls.

function inboundView() {
  const { element } = tools;
  const from = element("input", { value: CUSTOMER, required: true, autocomplete: "off" });
  const to = element("select");
  const group = element("select");
  const call = () => tools.control("call-in", { caller: from.value, callee: to.value, skill_group: group.value });
  const form = element("form", {
    class: "inline",
    onsubmit: (event) => {
      event.preventDefault();
      attempt(node, call);
    },
  },
    element("label", {}, "From", from),
    element("label", {}, "To", to),
    element("label", {}, "For the skill group", group),
    element("button", {}, "Call in"));
  const none = element("p", { class: "muted" }, "Nobody can call in: that needs a number and a skill group.");
  const node = part("inbound", "Somebody calls in", form, none, problemLine());

  function update() {
    const numbers = instance.numbers.list.filter((number) => number.is_called).map(({ number }) => number);
    const groups = instance.skill_groups.list;
    choices(to, numbers.map((number) => [number, number]));
    choices(group, groups.map(({ id, name }) => [id, name]));
    const can = numbers.length > 0 && groups.length > 0;
    setHidden(form, !can);
    setHidden(none, can);
  }
  return { node, update };
}

/** Builds a table that scrolls in its box. `show(list, cells)` shows a row for each item; `cells(item)` returns its texts. */
function table(id, ...columns) {
  const { element } = tools;
  const body = element("tbody");
  const head = element("tr", {}, columns.map((column) => element("th", { scope: "col" }, column)));
  const whole = element("table", {}, element("thead", {}, head), body);
  const look = { class: "scroll", tabindex: "0", role: "group", "aria-labelledby": `panel-${id}` };
  const create = () => {
    const cells = columns.map((_, index) => (index ? element("td") : element("th", { scope: "row" })));
    return element("tr", {}, cells);
  };
  const show = (list, cells) => tools.keyed(body, list, (item) => item.id, create, (row, item) => {
    cells(item).forEach((text, index) => tools.setText(row.children[index], tools.visible(text)));
  });
  return { node: element("div", look, whole), show };
}

function queuesView() {
  const queues = table("queues", "Skill group", "Signed in", "Ready", "Waiting");
  const waiting = ({ list, more }) => {
    const each = list.map((call) => `${call.caller} for ${duration(now - call.since)}`);
    return [...each, ...(more ? [`${more.toLocaleString("en")} more`] : [])].join(", ") || "nobody";
  };
  const cells = (group) => [group.name, group.signed_in, group.ready, waiting(group.waiting)];
  return { node: part("queues", "Queues", queues.node), update: () => queues.show(instance.skill_groups.list, cells) };
}

function recordsView() {
  const records = table("records", "Ended", "From", "To", "Agent", "Talked", "How it ended");
  const more = moreLine();
  const none = tools.element("p", { class: "muted" },
    "No call has ended yet. A record appears a second after the end of a call.");
  const cells = (record) => [
    clock(record.ended),
    record.caller,
    record.callee,
    record.agents.list.join(", "),
    record.talked > 0 ? duration(record.talked) : "not",
    ending(record),
  ];
  function update() {
    const { list } = instance.records;
    records.show(list, cells);
    setHidden(records.node, list.length === 0);
    setHidden(none, list.length > 0);
    setMore(more, instance.records);
  }
  return { node: part("records", "Last calls", none, records.node, more), update };
}
