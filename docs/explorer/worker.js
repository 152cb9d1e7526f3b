// Runs mlsysim in a thread of its own, so that the page stays quick while Python starts.
import { loadPyodide } from "./runtime/pyodide.mjs";

async function start() {
  const manifest = await (await fetch("runtime/manifest.json")).json();
  const [python, ...wheels] = await Promise.all([
    loadPyodide({ indexURL: new URL("runtime/", import.meta.url).href }),
    ...manifest.wheels.map(async (name) => (await fetch(`runtime/${name}`)).arrayBuffer()),
  ]);
  postMessage({ kind: "progress", text: "Unpacking mlsysim …" });
  const folder = python.runPython("import site; site.getsitepackages()[0]");
  for (const wheel of wheels) python.unpackArchive(wheel, "wheel", { extractDir: folder });
  python.FS.writeFile(`${folder}/explorer.py`, await (await fetch("explorer.py")).text());
  postMessage({ kind: "progress", text: "Reading the registries …" });
  return python.pyimport("explorer");
}

const explorer = start();
explorer.then(
  (module) => postMessage({ kind: "ready", catalogue: JSON.parse(module.catalogue()) }),
  (error) => postMessage({ kind: "failed", text: String(error.message ?? error) }),
);

onmessage = async ({ data: { number, question } }) => {
  const module = await explorer;
  try {
    const text = module.answer(JSON.stringify(question));
    postMessage({ kind: "answer", number, question, answer: JSON.parse(text) });
  } catch (error) {
    postMessage({ kind: "answer", number, question, answer: { error: String(error.message) } });
  }
};
