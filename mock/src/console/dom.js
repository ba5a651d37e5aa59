// Builds and updates elements. Every text becomes a text node, so no data is read as markup.

/** Makes an element; functions among the attributes are listeners, such as `onclick`. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") made.addEventListener(key.replace(/^on/, ""), value);
    else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...nodes(children));
  return made;
}

function nodes(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

/** Sets the text of an element, unless the element has it already. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * Gives a list one element for each item, in order. Existing elements stay, and keep focus and typed text.
 * `create(item)` makes an element; `update(element, item)` brings it up to date.
 */
export function keyed(list, items, key, create, update) {
  const present = new Map(Array.from(list.children, (child) => [child.dataset.key, child]));
  const wanted = items.map((item) => [String(key(item)), item]);
  const ids = new Set(wanted.map(([id]) => id));
  // Old elements are removed first. Otherwise those that stay would have to move, and would lose the focus.
  for (const [id, child] of present) if (!ids.has(id)) child.remove();
  let next = list.firstElementChild;
  for (const [id, item] of wanted) {
    let child = present.get(id);
    if (!child) {
      child = create(item);
      child.dataset.key = id;
    }
    update?.(child, item);
    if (child === next) next = next.nextElementSibling;
    else list.insertBefore(child, next);
  }
}

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Replaces invisible characters, and those that reverse the direction of text, by their code points. */
export function visible(text) {
  const code = (character) => `\u27e8${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
  return String(text).replace(HIDDEN, code);
}
