// Corners of a cell are dragged, or moved with the arrow keys, on the drawing; the form below does the same without
// this script. The server tells what a move would come to while it goes on; letting go or Enter sends the form.

const drawing = document.querySelector("svg[data-ground]");
for (const hint of document.querySelectorAll("[data-only-script]")) hint.hidden = false;
if (drawing) fill(drawing);
if (drawing && "closeup" in drawing.dataset) begin(drawing);

// A click fills the field in which the cursor was: the number of a corner, or longitude and latitude as a new line.
function fill(svg) {
  const ground = JSON.parse(svg.dataset.ground);
  const drawn = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "polyline"));
  for (const [name, value] of [["fill", "none"], ["stroke", "#1c5a94"], ["stroke-width", "6"], ["pointer-events", "none"]]) {
    drawn.setAttribute(name, value);
  }
  let field = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("input, textarea, select, button")) {
      field = event.target.matches("[name=first], [name=last], [name=via], [name=ring]") ? event.target : null;
    }
  });
  svg.addEventListener("click", (event) => {
    if (!field) return;
    event.preventDefault();
    const corner = event.target.closest("[data-corner]");
    if (field.matches("input") && corner) {
      field.value = corner.dataset.corner;
      field = field.name === "first" ? field.form.last : null;
    } else if (field.matches("textarea") && !corner) {
      const at = place(svg, event);
      field.value += `${field.value && !field.value.endsWith("\n") ? "\n" : ""}${where(at).map((n) => n.toFixed(7)).join(", ")}\n`;
      drawn.setAttribute("points", `${drawn.getAttribute("points") ?? ""} ${at.x},${at.y}`);
    }
  });

  function where({ x, y }) {
    const [east, south] = [x / svg.dataset.width, y / svg.dataset.height];
    return [0, 1].map((axis) => {
      const [nw, ne, se, sw] = ground.map((point) => point[axis]);
      return (nw * (1 - east) + ne * east) * (1 - south) + (sw * (1 - east) + se * east) * south;
    });
  }
}

function place(svg, event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

function begin(svg) {
  const form = document.querySelector("[data-corner-form]");
  const said = document.querySelector("[data-said]");
  const metres = Number(svg.dataset.metres);
  const first = new Map([...svg.querySelectorAll("[data-cell]")].map((path) => [path, path.getAttribute("d")]));
  let held = null;
  let waiting = 0;
  let asked = 0;

  for (const link of svg.querySelectorAll("[data-corner]")) {
    // A finger on a corner drags it and does not scroll the page: said to what is drawn, and once more as it moves.
    for (const part of [link, ...link.children]) part.style.touchAction = "none";
    link.addEventListener("touchmove", (event) => event.preventDefault(), { passive: false });
    link.addEventListener("click", (event) => event.preventDefault());
    link.addEventListener("focus", () => { form.corner.value = link.dataset.corner; });
    link.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      link.focus();
      link.setPointerCapture(event.pointerId);
      hold(link, place(svg, event));
    });
    link.addEventListener("pointermove", (event) => {
      if (!held || !link.hasPointerCapture(event.pointerId)) return;
      const at = place(svg, event);
      put(at.x - held.from.x, at.y - held.from.y);
    });
    link.addEventListener("pointerup", () => { if (held && (held.x || held.y)) send(); });
    link.addEventListener("pointercancel", leave);
    link.addEventListener("keydown", (event) => key(event, link));
  }

  function hold(link, from) {
    if (held && held.link !== link) leave();
    held = { link, from, x: 0, y: 0 };
  }

  function key(event, link) {
    const step = (event.shiftKey ? 10 : 1) / metres;
    const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (way) {
      event.preventDefault();
      if (!held || held.link !== link) hold(link, { x: 0, y: 0 });
      put(held.x + way[0], held.y + way[1]);
    } else if (event.key === "Enter" && held) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") {
      leave();
    }
  }

  function put(x, y) {
    Object.assign(held, { x, y });
    held.link.setAttribute("transform", `translate(${x} ${y})`);
    form.corner.value = held.link.dataset.corner;
    form.action.value = "move";
    form.east.value = (x * metres).toFixed(2);
    form.north.value = (-y * metres).toFixed(2);
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  }

  async function ask() {
    const number = ++asked;
    const answer = await fetch(svg.dataset.try, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (!answer || number !== asked || !held) return;
    const found = await answer.json().catch(() => ({ words: "" }));
    said.textContent = found.words;
    if (!answer.ok) return;
    for (const [path, drawn] of first) path.setAttribute("d", found.cells[path.dataset.cell] ?? drawn);
    show(found.faults);
  }

  function show(paths) {
    const group = svg.querySelector("[data-faults]");
    group.replaceChildren(...paths.map((drawn) => {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", drawn);
      return path;
    }));
  }

  function leave() {
    if (!held) return;
    held.link.removeAttribute("transform");
    held = null;
    asked += 1;
    form.east.value = form.north.value = "0";
    for (const [path, drawn] of first) path.setAttribute("d", drawn);
    show([]);
    said.textContent = "";
  }

  function send() {
    clearTimeout(waiting);
    form.requestSubmit();
  }
}
