"use strict";
(() => {
  const numbers = (text) => text.split(" ").filter(Boolean).map((range) => {
    const [first, last] = range.split("-").map(Number);
    return [first, last ?? first];
  });
  const meet = (ranges, first, last) => ranges.some(([from, to]) => from <= last && first <= to);
  const place = (line) => [Number(line.dataset.l), Number(line.dataset.e ?? line.dataset.l)];

  /* What an operation consists of, looked up when it is first needed. */
  const known = new WeakMap();
  const parts = (body) => {
    if (!known.has(body)) {
      known.set(body, {
        page: body.querySelector(".page"),
        tree: body.querySelector(".tree"),
        inspector: body.querySelector(".inspector"),
        lines: [...body.querySelectorAll(".page [data-l]")],
        fields: [...body.querySelectorAll(".field")],
      });
    }
    return known.get(body);
  };

  /* Brings an element into the pane that scrolls, and leaves the window where it is. */
  const reveal = (pane, element) => {
    if (!element || pane.scrollHeight <= pane.clientHeight + 1) return;
    const [outer, inner] = [pane.getBoundingClientRect(), element.getBoundingClientRect()];
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40) {
      pane.scrollTop += inner.top - outer.top - pane.clientHeight / 3;
    }
  };

  let lit = [];
  const light = (elements) => {
    lit.forEach((element) => element.classList.remove("lit"));
    lit = elements;
    lit.forEach((element) => element.classList.add("lit"));
  };

  let shown = null;
  const show = (field) => {
    if (field === shown) return;
    shown = field;
    const { page, inspector, lines } = parts(field.closest(".body"));
    const ranges = numbers(field.dataset.l);
    const of_field = lines.filter((line) => meet(ranges, ...place(line)));
    light([...of_field, field]);
    reveal(page, of_field.find((line) => meet(ranges.slice(0, 1), ...place(line))));
    const title = field.querySelector("summary").cloneNode(true);
    const head = document.createElement("p");
    head.append(...title.childNodes);
    inspector.replaceChildren(head, field.querySelector(".why").cloneNode(true));
    inspector.hidden = field.open;
  };
  const hide = () => {
    if (!shown) return;
    parts(shown.closest(".body")).inspector.hidden = true;
    shown = null;
    light([]);
  };
  const of_line = (line) => {
    const { fields } = parts(line.closest(".body"));
    return fields.filter((field) => meet(numbers(field.dataset.l), ...place(line)));
  };

  const field_of = (target) => target.closest?.(".field > summary")?.parentElement;
  document.addEventListener("pointerover", (event) => {
    const field = field_of(event.target);
    const line = event.target.closest?.(".page [data-l]");
    if (field) show(field);
    else if (line) {
      hide();
      light([line, ...of_line(line)]);
    }
  });
  document.addEventListener("focusin", (event) => {
    const field = field_of(event.target);
    if (field) show(field);
  });
  document.addEventListener("click", (event) => {
    const line = event.target.closest?.("a") ? null : event.target.closest?.(".page [data-l]");
    if (line) reveal(line.closest(".body").querySelector(".tree"), of_line(line)[0]);
  });
  document.addEventListener("toggle", (event) => {
    if (event.target === shown) parts(shown.closest(".body")).inspector.hidden = shown.open;
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const field = step && field_of(event.target);
    if (!field) return;
    const { fields } = parts(field.closest(".body"));
    const next = fields[fields.indexOf(field) + step];
    if (!next) return;
    event.preventDefault();
    next.querySelector("summary").focus();
  });

  /* A link to a page, or to a line of it, opens what holds it. */
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) {
      around.open = true;
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  if (location.hash) follow();

  const rows = [...document.querySelectorAll("nav tr")].slice(1);
  if (rows.length > 8) {
    const pages = [...document.querySelectorAll(".op")];
    const box = document.createElement("label");
    box.className = "filter";
    const input = document.createElement("input");
    input.type = "search";
    input.placeholder = "name, breaking, unsure, warning …";
    box.append("Filter", input);
    document.querySelector("nav h2").after(box);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach((row, at) => {
        const text = row.textContent.toLowerCase();
        const is_wanted = words.every((word) => text.includes(word));
        row.hidden = !is_wanted;
        if (pages[at]) pages[at].hidden = !is_wanted;
      });
    });
  }
})();
