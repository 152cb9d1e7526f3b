"""Put the explorer together: its page, Python for browsers, and the wheels that it runs.

Python for browsers is the npm package ``pyodide``; pydantic's compiled part is on the package
index for exactly its Python. Neither is checked in.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PAGE = Path(__file__).parent
PYODIDE = "pyodide@^314.0.7"
NEEDED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
OURS = ("mlsysim_core", "mlsysim_registry", "mlsysim_solvers", "mlsysim")
"""Wheels of this repository that a browser runs; the command is not for it."""
OTHERS = ("pint", "pydantic")


def assemble(folder: Path, wheels: Path) -> None:
    """Write the page and all that it loads.

    Parameters
    ----------
    folder : Path
        Where it goes.
    wheels : Path
        Where our built wheels are.
    """
    runtime = folder / "runtime"
    shutil.rmtree(folder, ignore_errors=True)
    runtime.mkdir(parents=True)
    for file in PAGE.iterdir():
        if file.suffix in {".html", ".css", ".js"} or file.name == "explorer.py":
            shutil.copy(file, folder)
    info = _pyodide(runtime)
    _others(runtime, info)
    for name in OURS:
        (wheel,) = wheels.glob(f"{name}-[0-9]*.whl")
        shutil.copy(wheel, runtime)
    names = sorted(file.name for file in runtime.glob("*.whl"))
    (runtime / "manifest.json").write_text(json.dumps({"wheels": names}), encoding="utf-8")


def _pyodide(runtime: Path) -> dict[str, str]:
    """Fetch Python for browsers, and return what it says about itself."""
    npm = shutil.which("npm") or "npm"
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(
            [npm, "pack", "--silent", PYODIDE, "--pack-destination", place],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (archive,) = Path(place).glob("*.tgz")
        with tarfile.open(archive) as packed:
            for name in (*NEEDED, LOCK):
                packed.extract(f"package/{name}", place, filter="data")
                shutil.move(Path(place) / "package" / name, runtime)
    info: dict[str, str] = json.loads((runtime / LOCK).read_text(encoding="utf-8"))["info"]
    return info


def _others(runtime: Path, info: dict[str, str]) -> None:
    """Fetch the wheels of others that fit it."""
    version = ".".join(info["python"].split(".")[:2])
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:"]
    command += ["--platform", f"pyemscripten_{info['abi_version']}_{info['arch']}"]
    command += ["--implementation", "cp", "--python-version", version]
    command += ["--abi", "cp" + version.replace(".", ""), "--dest", str(runtime), *OTHERS]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wheels", type=Path, default=Path("dist"))
    given = parser.parse_args()
    assemble(given.folder, given.wheels)
