// The page: reads the controls, asks the worker, shows the answer. The address keeps the question.
import { bar, roofline } from "./pictures.js";
import { brief, bytes, count, ratio, share, time } from "./words.js";

const DEFAULTS = {
  model: "Llama3_8B", hardware: "H100", phase: "decode", precision: "fp16",
  batch: "0", context: "11", bandwidth: "0", peak: "0",
};
const PARTS = {
  compute: "arithmetic", weights: "weights read", cache: "cache read and written",
  activations: "activations", launch: "kernels started", host: "over the host link",
};
const HELD = {
  weights: "weights", cache: "cache", activations: "activations", optimizer: "optimizer", reserve: "runtime",
};

const at = (id) => document.getElementById(id);
const form = at("question");
const worker = new Worker("worker.js", { type: "module" });
let last = 0;
let waiting = null;
let shown = null;

function power(id) { return 2 ** Number(at(id).value); }

function values() {
  const found = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, at(name).value]));
  return { ...found, phase: form.elements.phase.value || "decode" };
}

function question() {
  return {
    model: at("model").value, hardware: at("hardware").value, precision: at("precision").value,
    phase: values().phase, batch_size: power("batch"), seq_len: power("context"),
    bandwidth: power("bandwidth"), peak: power("peak"),
  };
}

function describe() {
  at("batch-shown").textContent = count(power("batch"));
  at("context-shown").textContent = `${count(power("context"))} tokens`;
  at("bandwidth-shown").textContent = `${brief(power("bandwidth"))}×`;
  at("peak-shown").textContent = `${brief(power("peak"))}×`;
  const prefill = values().phase === "prefill";
  at("phase-hint").textContent = prefill ? "Whole prompts at once." : "One new token for each sequence.";
}

function ask() {
  describe();
  const changed = Object.entries(values()).filter(([name, value]) => value !== DEFAULTS[name]);
  history.replaceState(null, "", changed.length ? `#${new URLSearchParams(changed)}` : location.pathname);
  at("answer").setAttribute("aria-busy", "true");
  clearTimeout(waiting);
  waiting = setTimeout(() => worker.postMessage({ number: ++last, question: question() }), 60);
}

function fill(select, groups, chosen) {
  select.replaceChildren(...Object.entries(groups).map(([label, names]) => {
    const group = Object.assign(document.createElement("optgroup"), { label });
    group.append(...names.map((name) => new Option(name.replaceAll("_", " "), name, false, name === chosen)));
    return group;
  }));
  select.disabled = false;
}

function restore(given) {
  const wanted = { ...DEFAULTS, ...given };
  for (const [name, value] of Object.entries(wanted)) {
    if (name === "phase") form.elements.phase.value = value;
    else at(name).value = value;
    if (at(name)?.selectedIndex === -1) at(name).value = DEFAULTS[name];
  }
}

function ready(catalogue) {
  fill(at("model"), catalogue.models, DEFAULTS.model);
  fill(at("hardware"), catalogue.hardware, DEFAULTS.hardware);
  at("precision").replaceChildren(...catalogue.precisions.map((name) => new Option(name)));
  at("precision").disabled = false;
  restoreAddress();
  ask();
}

function restoreAddress() {
  const known = [...new URLSearchParams(location.hash.slice(1))].filter(([name]) => name in DEFAULTS);
  restore(Object.fromEntries(known));
}

function row(kind, cells, header = false) {
  const line = document.createElement("tr");
  line.append(...cells.map((text, place) => {
    const cell = document.createElement(kind === "th" || (header && place === 0) ? "th" : "td");
    if (cell.tagName === "TH") cell.scope = kind === "th" ? "col" : "row";
    cell.textContent = text;
    return cell;
  }));
  return line;
}

function table(id, head, rows) {
  const [top, body] = [document.createElement("thead"), document.createElement("tbody")];
  top.append(row("th", head));
  body.append(...rows.map((cells) => row("td", cells, true)));
  at(id).replaceChildren(top, body);
}

function headline(found) {
  const facts = {
    Latency: found.feasible ? time(found.seconds) : "does not fit",
    Throughput: found.feasible ? `${brief(found.rate)} ${found.unit}/s` : "none",
    "Limited by": found.bottleneck === "Compute" ? "arithmetic" : "memory",
    MFU: found.feasible ? share(found.mfu, 1) : "none",
    Memory: `${bytes(found.footprint)} of ${bytes(found.capacity)}`,
    Energy: found.feasible && found.joules !== null ? `${brief(found.joules)} J` : "unknown",
  };
  if (!found.feasible) delete facts.Energy;
  at("headline").replaceChildren(...Object.entries(facts).map(([name, value]) => {
    const pair = document.createElement("div");
    pair.append(document.createElement("dt"), document.createElement("dd"));
    [pair.firstChild.textContent, pair.lastChild.textContent] = [name, value];
    return pair;
  }));
}

function verdict(found) {
  const over = found.footprint - found.capacity;
  const slow = found.seconds === null ? "nothing holds the rest" : `${time(found.seconds)} if the rest crosses the host link`;
  at("verdict").className = found.feasible ? "good" : "bad";
  at("verdict").textContent = found.feasible
    ? `It fits. A pass takes ${time(found.seconds)}.`
    : `It does not fit: ${bytes(over)} too much (${slow}).`;
}

function changes(found) {
  table("changes", ["Instead", "latency", "throughput", "faster by"], found.changes.map((one) => [
    one.what,
    one.feasible ? time(one.seconds) : "does not fit",
    one.feasible ? `${brief(one.rate)} ${found.unit}/s` : "none",
    one.feasible && found.feasible ? ratio(one.rate / found.rate) : "none",
  ]));
}

function code(asked, found) {
  const words = [`"${asked.model}"`, `"${asked.hardware}"`, `batch_size=${asked.batch_size}`, `precision="${asked.precision}"`];
  if (found.phases.includes("decode")) words.push(`phase="${found.asked.phase}"`, `seq_len=${found.asked.seq_len}`);
  at("code").textContent = `from mlsysim import Engine\n\nprofile = Engine.solve(${words.join(", ")})\nprint(profile.explain())`;
}

function show(data) {
  const { question: asked, answer: found } = data;
  at("answer").setAttribute("aria-busy", "false");
  const sequences = found.phases?.includes("decode") ?? true;
  at("phase").hidden = !sequences;
  for (const one of document.querySelectorAll(".context")) one.hidden = !sequences;
  at("status").hidden = !found.error;
  at("status").className = found.error ? "failed" : "";
  at("status").textContent = found.error ?? "";
  at("results").hidden = Boolean(found.error);
  shown = found.error ? null : data;
  at("summary").hidden = Boolean(found.error);
  if (found.error) return;
  if (found.asked.seq_len) at("context-shown").textContent = `${count(found.asked.seq_len)} tokens`;
  at("title").textContent = found.title;
  at("parts-title").textContent = found.feasible ? "Where the time goes" : "Where the time would go";
  verdict(found);
  headline(found);
  at("roofline").replaceChildren(roofline(found.roofline, asked.batch_size, at("roofline").clientWidth));
  at("parts").replaceChildren(...bar(found.parts, PARTS, (part) => `${time(part)}, ${share(part, found.seconds)}`));
  const free = Math.max(0, found.capacity - found.footprint);
  at("memory").replaceChildren(...bar({ ...found.memory, ...(free && { free }) }, { ...HELD, free: "free" }, bytes));
  changes(found);
  const kinds = ["time", "compute", "memory", "launch"];
  table("operators", ["operator", "count", ...kinds], found.operators.map((one) => [
    one.name, count(one.count), ...kinds.map((kind) => time(one[kind])),
  ]));
  code(asked, found);
  at("notes").replaceChildren(...[...found.notes, `data: ${found.data}`].map((note) => {
    const item = document.createElement("li");
    item.textContent = note;
    return item;
  }));
  at("summary").textContent = found.feasible ? `${time(found.seconds)}, ${brief(found.rate)} ${found.unit}/s` : "does not fit";
}

worker.onmessage = ({ data }) => {
  if (data.kind === "ready") ready(data.catalogue);
  else if (data.kind === "answer" && data.number === last) show(data);
  else if (data.kind === "progress") at("status").textContent = data.text;
  else if (data.kind === "failed") {
    at("status").className = "failed";
    at("status").textContent = `Python did not start: ${data.text}`;
  }
};
worker.onerror = (event) => {
  at("status").className = "failed";
  at("status").textContent = `Python did not start: ${event.message ?? "the runtime is not beside this page"}`;
};
addEventListener("hashchange", () => { restoreAddress(); ask(); });
addEventListener("resize", () => shown && show(shown));
form.addEventListener("input", ask);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => { event.preventDefault(); restore({}); ask(); });
describe();
