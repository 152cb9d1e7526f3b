// The pictures: a roofline as SVG, and sums as bars. Colours come from the style sheet.
import { count, rate } from "./words.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const [NARROWEST, WIDEST] = [320, 860];
const [LEFT, RIGHT, TOP, BOTTOM] = [92, 30, 14, 46];

function draw(parent, name, attributes, text) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

const lower = (value) => Math.floor(Math.log10(value));
const upper = (value) => Math.ceil(Math.log10(value));

/** Decades that hold everything, and how to place a value among them. */
function axis(values, from, to) {
  const [least, most] = [lower(Math.min(...values)), upper(Math.max(...values))];
  const place = (value) => from + (to - from) * (Math.log10(value) - least) / (most - least);
  return { place, least: 10 ** least, most: 10 ** most, decades: Array.from({ length: most - least + 1 }, (_, step) => least + step) };
}

export function roofline({ peak, bandwidth, point, trail }, batch, room) {
  const width = Math.max(NARROWEST, Math.min(room, WIDEST)); // so that letters keep their size
  const height = width < 500 ? 290 : 350;
  const ridge = peak / bandwidth;
  const places = [point, ...trail].filter((one) => one.reached > 0);
  const x = axis([...places.map((one) => one.intensity), ridge / 20, ridge * 20], LEFT, width - RIGHT);
  const y = axis([...places.map((one) => one.reached), peak * 1.5, peak / 100], height - BOTTOM, TOP);
  const bound = point.intensity < ridge ? "below" : "above";
  const svg = document.createElementNS(NAMESPACE, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  draw(svg, "title", {}, `Roofline: ${point.intensity.toPrecision(3)} operations for each byte, ${bound} the ridge at ${ridge.toPrecision(3)}; ${rate(point.reached)} of ${rate(peak)} reached.`);
  grid(svg, x, y, width, height);
  const start = Math.max(x.least, y.least / bandwidth);
  draw(svg, "path", {
    d: `M${x.place(start)} ${y.place(start * bandwidth)} L${x.place(ridge)} ${y.place(peak)} L${x.place(x.most)} ${y.place(peak)}`,
    fill: "none", stroke: "var(--ink)", "stroke-width": 2.5, "stroke-linejoin": "round",
  });
  draw(svg, "text", { x: x.place(x.most) - 6, y: y.place(peak) - 7, "text-anchor": "end", class: "strong" }, `peak ${rate(peak)}`);
  draw(svg, "text", { x: x.place(ridge), y: height - BOTTOM - 8, "text-anchor": "middle" }, `ridge ${ridge.toPrecision(3)}`);
  draw(svg, "line", { x1: x.place(ridge), x2: x.place(ridge), y1: y.place(peak), y2: height - BOTTOM - 24, stroke: "var(--soft)", "stroke-dasharray": "3 4" });
  for (const one of trail.filter((each) => each.reached > 0)) {
    const dot = draw(svg, "circle", {
      cx: x.place(one.intensity), cy: y.place(one.reached), r: 4, stroke: "var(--accent)", "stroke-width": 1.5,
      fill: one.feasible ? "var(--accent)" : "var(--ground)", opacity: 0.55,
    });
    draw(dot, "title", {}, `batch ${count(one.batch_size)}: ${rate(one.reached)}${one.feasible ? "" : ", does not fit"}`);
  }
  if (point.reached > 0) mark(svg, x.place(point.intensity), y.place(point.reached), `batch ${count(batch)}: ${rate(point.reached)}`, point.feasible, width);
  return svg;
}

function grid(svg, x, y, width, height) {
  const sparse = Math.ceil(x.decades.length * 55 / (width - LEFT - RIGHT));
  x.decades.forEach((decade, step) => {
    const place = x.place(10 ** decade);
    draw(svg, "line", { x1: place, x2: place, y1: TOP, y2: height - BOTTOM, stroke: "var(--line)" });
    if (step % sparse === 0) draw(svg, "text", { x: place, y: height - BOTTOM + 17, "text-anchor": "middle" }, decade < 0 ? (10 ** decade).toFixed(-decade) : count(10 ** decade));
  });
  const every = Math.ceil(y.decades.length / 7);
  y.decades.forEach((decade, step) => {
    const place = y.place(10 ** decade);
    draw(svg, "line", { x1: LEFT, x2: width - RIGHT, y1: place, y2: place, stroke: "var(--line)" });
    if (step % every === 0) draw(svg, "text", { x: LEFT - 6, y: place + 4, "text-anchor": "end" }, rate(10 ** decade));
  });
  draw(svg, "text", { x: (LEFT + width - RIGHT) / 2, y: height - 8, "text-anchor": "middle" }, "operations for each byte moved");
}

function mark(svg, x, y, text, feasible, width) {
  draw(svg, "circle", { cx: x, cy: y, r: 7, fill: feasible ? "var(--accent)" : "var(--bad)", stroke: "var(--ground)", "stroke-width": 2 });
  const end = x + 12 + 7.5 * text.length > width; // no room on its right
  draw(svg, "text", { x: x + (end ? -12 : 12), y: y + 18, "text-anchor": end ? "end" : "start", class: "strong" }, text);
}

/** A sum as a bar of its parts, and its legend. */
export function bar(parts, names, words) {
  const line = Object.assign(document.createElement("div"), { className: "bar" });
  const legend = Object.assign(document.createElement("ul"), { className: "legend" });
  line.setAttribute("aria-hidden", "true"); // the legend says the same
  const whole = Object.values(parts).reduce((sum, value) => sum + value, 0);
  for (const [name, value] of Object.entries(parts)) {
    const piece = document.createElement("span");
    piece.style.flexGrow = 1000 * value / whole; // less than 1 in all would leave a gap
    piece.style.background = `var(--${name})`;
    line.append(piece);
    const item = document.createElement("li");
    const swatch = document.createElement("i");
    swatch.style.background = `var(--${name})`;
    item.append(swatch, `${names[name]}: ${words(value)}`);
    legend.append(item);
  }
  return [line, legend];
}
