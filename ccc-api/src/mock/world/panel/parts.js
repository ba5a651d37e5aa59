// The functions and the state that all views share. A page has one panel, so the module keeps its state.

let tools = null;
let instance = null; // the instance that is shown
let now = 0;
let awaited = null; // the call that was placed here, until it rings and its first button has the focus

const option = (value, text) => tools.element("option", { value }, tools.visible(text));

/** Fills a list of choices with `[value, text]` pairs. */
function choices(list, pairs) {
  const rename = (node, [, text]) => tools.setText(node, tools.visible(text));
  tools.keyed(list, pairs, ([value]) => value, ([value, text]) => option(value, text), rename);
}
const problemLine = () => tools.element("p", { class: "problem", hidden: true });
const moreLine = () => tools.element("p", { class: "muted", hidden: true });

function part(id, title, ...children) {
  const heading = tools.element("h3", { id: `panel-${id}` }, title);
  return tools.element("section", { class: "part", "aria-labelledby": `panel-${id}` }, heading, ...children);
}

/** Builds a badge and a time. */
const stateAndTime = () => [
  tools.element("span", { class: "state" }),
  tools.element("span", { class: "number" }),
];

function setHidden(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function setBadge(node, [text, kind]) {
  tools.setText(node, text);
  setAttribute(node, "data-state", kind);
}

function setMore(node, { more }) {
  setHidden(node, !more);
  tools.setText(node, more ? `and ${more.toLocaleString("en")} more` : "");
}

/** Runs an action of a box, unless one is running already. If the action fails, the box shows the error. */
async function attempt(box, act) {
  if (box.dataset.busy) return;
  box.dataset.busy = "true";
  const problem = box.querySelector(":scope > .problem");
  setHidden(problem, true);
  try {
    await act();
  } catch (error) {
    tools.setText(problem, error.message);
    setHidden(problem, false);
    tools.announce(error.message, { quiet: true });
  } finally {
    delete box.dataset.busy;
  }
}

/** Calls an operation as an agent. A refusal is an error. */
async function ask(agent, operation, parameters = {}) {
  const own = { InstanceId: instance.id, UserId: agent.id, DeviceId: agent.device || "console" };
  const { status, code, response } = await tools.call(operation, { ...own, ...parameters });
  if (status === 200) return response.Data;
  if (status === 0) throw new Error(`${operation} got no response.`);
  throw new Error(`${operation} was refused: ${code ?? status}. ${response?.Message ?? ""}`);
}

/** Calls a number, which rings until a person answers. Returns the call's id. */
async function ring(agent, number) {
  const data = await ask(agent, "MakeCall", { Callee: number });
  const id = data?.CallContext?.JobId;
  if (id) await tools.control("behaviour", { job_id: id, does: "wait" });
  return id;
}
