// pytest on a CPython for WebAssembly: for a version of Python that the machine lacks, but the package index has.
// node run.mjs PYODIDE SITE ROOT ARGUMENT…
// There are no processes and no threads there, so it is for tests that need none.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, site, root, ...words] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const python = await loadPyodide({ env: { HOME: "/home", CI: "true", PYTHONDONTWRITEBYTECODE: "1" } });
const mounts = { root, site, stand_ins: import.meta.dirname, shared: path.join(root, "..", "shared") };
for (const [name, place] of Object.entries(mounts)) {
  python.FS.mkdirTree(`/tests/${name}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: place }, `/tests/${name}`);
}
python.globals.set("words", python.toPy(words));
process.exitCode = python.runPython(`
import os, sys

print(sys.version)
sys.path[:0] = ["/tests/site", "/tests/stand_ins"]
os.chdir("/tests/root")
import pytest

int(pytest.main(["-p", "no:cacheprovider", "--rootdir=/tests/root", *words]))
`);
