// The panel of the call centre on the console. It has a button for each action in the snapshot. Agents act by real requests,
// external parties by commands.

export function mount(root, given) {
  tools = given;
  const { element, setText, visible } = tools;
  let known = null; // the progress of each call, to announce changes
  let left = null; // the box that lost its focused button while its action was running

  const instances = element("select");
  const chooser = element("label", {}, "Instance ", instances);
  const time = element("p", { class: "muted" });
  const calls = callsView();
  const views = [calls, agentsView(), inboundView(), queuesView(), recordsView()];
  root.append(element("div", { class: "bar" }, chooser, time), ...views.map((view) => view.node));

  function announceChanges() {
    const present = new Map(instance.calls.list.map((call) => [call.id, [progress(call)[0], call]]));
    const said = [];
    const say = ({ caller, callee }, words) => said.push(`${caller} to ${callee}: ${words}`);
    for (const [id, [words, call]] of present) if (known && known.get(id)?.[0] !== words) say(call, words);
    for (const [id, [, call]] of known ?? []) if (!present.has(id)) say(call, "ended");
    known = present;
    const text = said.length > 3 ? `${said.length} calls changed` : visible(said.join(". "));
    if (text) tools.announce(text, { quiet: true });
  }

  const canTakeFocus = (node) => node.isConnected && !node.closest("[hidden]");
  const firstButton = (node) => Array.from(node.querySelectorAll("button")).find(canTakeFocus);

  /** Renders. If the element with the focus is gone, the focus moves to the next possible action in the same box. */
  function keepingFocus(render) {
    const before = document.activeElement;
    const nowhere = !before || before === document.body;
    const box = nowhere ? left : root.contains(before) ? before.closest(".card, .start") : null;
    left = null;
    render();
    const isLost = nowhere || (box && !canTakeFocus(before));
    const call = awaited && calls.list.querySelector(`:scope > [data-key="${CSS.escape(awaited)}"]`);
    if (call && (isLost || call.contains(before))) {
      const button = call.querySelector(".rings") && firstButton(call);
      (button ?? call).focus();
      if (button) awaited = null;
    } else if (box?.dataset.busy && isLost) {
      // The action is still running, so its result is not complete yet.
      left = box;
    } else if (box && isLost) {
      const next = [box, calls.start].find(canTakeFocus) ?? root;
      (firstButton(next) ?? next).focus();
    } else if (box && document.activeElement !== before) {
      before.focus();
    }
  }

  function update(snapshot) {
    const { list } = snapshot.instances;
    const found = list.find(({ id }) => id === instances.value) ?? list[0];
    if (!found) return;
    if (instance?.id !== found.id) known = null;
    [instance, now] = [found, snapshot.now];
    choices(instances, list.map(({ id }) => [id, id]));
    setHidden(chooser, list.length < 2);
    setText(time, `The call centre's time is ${clock(now)} UTC.`);
    keepingFocus(() => views.forEach((view) => view.update()));
    announceChanges();
  }

  return { update };
}
