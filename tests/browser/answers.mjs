// Answers the questions with Python for browsers, in Node: answers.mjs RUNTIME QUESTIONS
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [runtime, questions] = process.argv.slice(2);
globalThis.fetch = () => { throw new Error("the network was asked for"); };
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${runtime}/` });
const folder = python.runPython("import site; site.getsitepackages()[0]");
for (const name of JSON.parse(readFileSync(`${runtime}/manifest.json`)).wheels) {
  python.unpackArchive(new Uint8Array(readFileSync(`${runtime}/${name}`)), "wheel", { extractDir: folder });
}
python.runPython(readFileSync(questions, "utf8"));
