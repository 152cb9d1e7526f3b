"""Break the promise on purpose, clause by clause, and see that the tests notice.

python tests/api/breaks.py            every break
python tests/api/breaks.py E4 P5      those of some clauses

Patches a copy of the installed packages. Ends with 1 if a break goes unnoticed, if a patch no
longer applies, or if a test of the promise was never seen to fail.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from breaking import (
    CLAUSES,
    HERE,
    ROOT,
    Break,
    append,
    attempt,
    copy_tree,
    edit_json,
    every_test,
    replace,
    run_tests,
)

TOP, OLD = "mlsysim/__init__.py", "mlsysim/_old_names.py"
OLDER = "mlsysim/_older/names.py"
CORE = "mlsysim_core/"
ENGINE, RESULTS, ARGUMENTS = CORE + "engine.py", CORE + "results.py", CORE + "_arguments.py"
FORMATS, METRICS, UNITS = CORE + "formats.py", CORE + "physics/metrics.py", CORE + "units.py"
ERRORS, QUANTITIES, DEPRECATION = (
    CORE + "errors.py",
    CORE + "quantities.py",
    CORE + "deprecation.py",
)
BASE = CORE + "specs/_base.py"
INDEX, LOADER = "mlsysim_registry/index.json", "mlsysim_registry/_loader.py"
DEVICES = "mlsysim_registry/index/hardware.json"
NAMESPACES, VALIDATED = "mlsysim_registry/_namespaces.py", "mlsysim_registry/validated/"
SCENARIOS = VALIDATED + "scenario.jsonl"
TINY = '"system":{"entry":["hardware","ESP32_S3"]},"sla_latency":0.01,"power_budget":0.05'
SURFACE, RULES, NAMES = "tests/api/surface.py", "tests/api/rules.py", "tests/api/names.json"
PIN = "tests/api/promise/test_versions.py"


def drop_path(space, name):
    return edit_json(INDEX, lambda index: index["paths"][space].pop(name))


def regroup(entries):
    entries["Gaudi2"][0] = "Edge"


def rename(kind, old, new):
    def edit(entries):
        entries[new] = entries.pop(old)

    return edit_json(f"mlsysim_registry/index/{kind}.json", edit)


def merge(index):
    index["paths"]["Hardware"]["A100"] = ["hardware", "H100"]
    index["paths"].setdefault("Hardware.Cloud", {})["A100"] = ["hardware", "H100"]


def forget_a_path(names):
    names["Hardware.Cloud.H100"]["paths"].remove("Hardware.H100")


def call_it_corrected(names):
    names["Hardware.Cloud.H100"]["corrected"] = ["Hardware.H100"]


def quantity(name, body):
    return append(RESULTS, f"PerformanceProfile.{name} = property(lambda self: {body})")


BREAKS = {
    "V1": {
        "an entry is gone": [drop_path("Hardware", "NVL72")],
        "an entry is in another group": [edit_json(DEVICES, regroup)],
        "the rules forget members": [
            append(RULES, "def _members(*_):", "    return iter(())"),
        ],
        "the rules forget parameters": [
            append(RULES, "def _parameters(*_):", "    return iter(())")
        ],
        "a snapshot can be written again": [replace(SURFACE, 'path.open("x"', 'path.open("w"')],
    },
    "V2": {
        "the rules let nothing be widened": [
            append(RULES, "def _accepts(now, one):", "    return [one] == now"),
        ],
        "the rules see breaks everywhere": [
            append(RULES, "def _members(*_):", "    yield 'a break'"),
        ],
    },
    "V3": {
        "the rules bind another series": [replace(RULES, "one.release[:2]", "mine.release[:2]")]
    },
    "V4": {
        "the version is not semantic": [append("mlsysim/_version.py", '__version__ = "0.1"')],
        "the packages are not pinned to one another": [
            replace("mlsysim-*.dist-info/METADATA", "mlsysim-core==", "mlsysim-core>="),
        ],
    },
    "V5": {
        "a patch release calls itself 0.2.0": [
            append("mlsysim/_version.py", '__version__ = "0.2.0"')
        ],
        "the advised pin takes more": [replace(PIN, '"~=0.1.0"', '">=0.0.1"')],
    },
    "V6": {"the changelog is empty": [replace("CHANGELOG.md", "<!-- news -->", "")]},
    "V7": {
        "a name that scripts use is gone": [drop_path("Systems", "Tiny")],
        "results cannot be compared": [
            append(RESULTS, "PerformanceProfile.__eq__ = object.__eq__")
        ],
    },
    "E1": {"Engine is not exported": [append(TOP, "del Engine", "def __dir__(): return __all__")]},
    "E2": {
        "a parameter is renamed": [
            replace(ENGINE, "batch_size: int = 1", "batch: int = 1"),
            replace(ENGINE, "check_batch_size(batch_size)", "check_batch_size(batch)"),
            replace(ENGINE, "float(batch_size)", "float(batch)"),
            replace(ENGINE, "batch_size=batch_size", "batch_size=batch"),
        ],
        "two parameters are swapped": [
            replace(
                ENGINE,
                'batch_size: int = 1,\n        precision: Precision = "fp16",',
                'precision: Precision = "fp16",\n        batch_size: int = 1,',
            ),
        ],
        "a default is changed": [
            replace(ENGINE, 'precision: Precision = "fp16"', 'precision: Precision = "int8"')
        ],
        "a parameter must be given": [
            replace(ENGINE, "        *,\n", "        *,\n        x: int,\n")
        ],
        "a parameter is taken by name only": [
            replace(
                ENGINE,
                "efficiency: float | None = None,\n        *,",
                "*,\n        efficiency: float | None = None,",
            ),
        ],
    },
    "E3": {
        "a parameter takes fewer types": [
            replace(ENGINE, "hardware: HardwareSpec | str,", "hardware: HardwareSpec,")
        ],
        "a parameter has another type": [replace(ENGINE, "batch_size: int", "batch_size: float")],
    },
    "E4": {
        "models are not found by name": [
            append(
                ARGUMENTS,
                "def find_model(value):",
                "    if isinstance(value, ModelSpec): return value",
                "    raise InputTypeError('model must be a ModelSpec')",
            ),
        ],
        "only the registry's own models are taken": [
            append(
                ARGUMENTS,
                "def find_model(value, _old=find_model):",
                "    found = _old(value)",
                "    if found is find('model', found.name): return found",
                "    raise InputError('model')",
            ),
        ],
        "anything passes for a model": [
            append(
                ARGUMENTS,
                "def find_model(value, _old=find_model):",
                "    return _old(value) if isinstance(value, str) else value",
            ),
        ],
        "errors name nothing near": [
            append(ERRORS, "UnknownEntryError.__str__ = lambda self: 'unknown'"),
        ],
    },
    "E5": {
        "devices are not found by name": [
            append(
                ARGUMENTS,
                "def find_hardware(value):",
                "    if isinstance(value, HardwareSpec): return value",
                "    raise InputTypeError('hardware must be a HardwareSpec')",
            ),
        ],
        "an object is looked up by its name": [
            append(
                ARGUMENTS,
                "def find_hardware(value):",
                "    name = value if isinstance(value, str) else getattr(value, 'name', None)",
                "    found = find('hardware', name) if name else None",
                "    return found.model_copy(update={'tdp': '1 W'}) if value is found else found",
            ),
        ],
    },
    "E6": {
        "fractions are cut": [append(ARGUMENTS, "def check_batch_size(value): return int(value)")],
        "a batch counts as one": [append(METRICS, "def rate(items, time): return 1.0 / time")],
    },
    "E7": {
        "a precision is gone": [append(FORMATS, 'del WIDTH["int4"]')],
        "a precision has another width": [append(FORMATS, 'WIDTH["int8"] = WIDTH["bf16"] = 1.8')],
        "an unknown precision is replaced in silence": [
            append(
                FORMATS,
                "def resolve(precision, parameter='precision'):",
                "    return precision if str(precision) in WIDTH else 'fp16'",
            ),
        ],
        "a device refuses what it could widen": [append(FORMATS, "def fallbacks(_): return ()")],
    },
    "E8": {
        "an efficiency of 0 is refused": [
            append(
                ARGUMENTS,
                "def check_efficiency(value, _old=check_efficiency):",
                "    if not value: raise InputError('efficiency')",
                "    return _old(value)",
            ),
        ],
        "an efficiency of 0 is nearly so": [
            append(
                ARGUMENTS,
                "def check_efficiency(value, _old=check_efficiency):",
                "    return max(_old(value), 1e-9)",
            ),
        ],
        "an efficiency of 1 is not the peak": [
            append(
                ARGUMENTS,
                "def check_efficiency(value, _old=check_efficiency):",
                "    return 0.8 * _old(value)",
            ),
        ],
        "an efficiency is cut to its range": [
            append(
                ARGUMENTS,
                "def check_efficiency(value):",
                "    return min(max(float(value), 0.0), 1.0)",
            ),
        ],
    },
    "E9": {"the engine loads the solvers": [append(TOP, "import mlsysim_solvers as _solvers")]},
    "R1": {"Scenarios is not exported": [append(TOP, "del Scenarios")]},
    "R2": {
        "an entry is renamed": [
            rename("hardware", "Gaudi2", "Gaudi_2"),
            replace(VALIDATED + "hardware.jsonl", '{"name":"Gaudi2"', '{"name":"Gaudi_2"'),
        ],
        "an alias is gone": [drop_path("Archetypes", "TinyML_M7")],
        "two entries are one": [
            edit_json(INDEX, merge),
            edit_json(DEVICES, lambda entries: entries.pop("A100")),
        ],
        "names are not listed": [append(NAMESPACES, "Namespace.__dir__ = lambda self: []")],
        "a misspelt name is no attribute error": [
            append(
                NAMESPACES,
                "def _find(self, name, _old=Namespace._find):",
                "    try: return _old(self, name)",
                "    except AttributeError: raise RuntimeError(name) from None",
                "Namespace._find = _find",
            ),
        ],
        "a path is forgotten": [edit_json(NAMES, forget_a_path)],
        "a name is corrected in silence": [edit_json(NAMES, call_it_corrected)],
    },
    "R3": {
        "each name makes its own object": [
            append(
                LOADER,
                "def get(kind, name): return _entry.__wrapped__(kind, _canonical(kind, name))",
            ),
        ],
        "each access makes its own object": [
            append(
                NAMESPACES,
                "def _fresh(self, name, _old=ModuleType.__getattribute__):",
                "    found = _old(self, name)",
                "    if name.startswith('_') or not hasattr(found, 'model_dump'): return found",
                "    return type(found).model_validate(found.model_dump())",
                "Namespace.__getattribute__ = _fresh",
            ),
        ],
    },
    "R4": {
        "entries are of another class": [append(TOP, "class HardwareSpec: pass")],
        "a model cannot be solved": [
            append(
                ARGUMENTS,
                "def find_model(value, _old=find_model):",
                "    if _old(value).name == 'DLRM': raise InputError('no')",
                "    return _old(value)",
            ),
        ],
    },
    "R5": {
        "the registry can be changed": [
            append(
                NAMESPACES,
                "Namespace.__setattr__ = lambda self, name, it: self.__dict__.update({name: it})",
            ),
        ],
    },
    "S1": {"a scenario is gone": [rename("scenario", "TinySensor", "Sensor")]},
    "S2": {
        "a limit is moved": [replace(SCENARIOS, TINY, TINY.replace("0.01", "0.012"))],
        "a budget is dropped": [
            replace(SCENARIOS, TINY, TINY.partition(',"power')[0]),
        ],
        "a workload is exchanged": [
            replace(SCENARIOS, '["model","AnomalyDetector"]', '["model","DS_CNN"]')
        ],
        "a device is exchanged": [replace(SCENARIOS, TINY, TINY.replace("ESP32_S3", "nRF52840"))],
        "a stream is halved": [
            replace(SCENARIOS, '"data_rate":5277777777.78', '"data_rate":2000000000.0')
        ],
    },
    "S3": {
        "a scenario has no model": [
            replace(CORE + "scenario.py", "def model(self)", "def its_model(self)")
        ],
    },
    "P0": {
        "a field is gone": [replace(RESULTS, "def energy(self)", "def joule(self)")],
        "results are of another class": [append(TOP, "class PerformanceProfile: pass")],
        "results can be changed": [append(RESULTS, "del PerformanceProfile.__setattr__")],
    },
    "P1": {
        "latency is a number": [quantity("latency", "self.seconds * 1e3")],
        "latency is that of a prompt": [
            replace(CORE + "_asked.py", '("decode", "prefill")', '("prefill", "decode")')
        ],
        "latency counts seconds as milliseconds": [
            quantity("latency", '_quantity(self.seconds, "ms")')
        ],
    },
    "P2": {
        "throughput is a number": [quantity("throughput", "self.items_per_second")],
        "throughput counts everything as tokens": [
            quantity("throughput", '_quantity(self.items_per_second, "token/s")')
        ],
    },
    "P3": {
        "bottleneck is in lower case": [replace(ENGINE, '"Compute" if', '"compute" if')],
        "bottleneck is a str of its own kind": [
            replace(
                ENGINE, 'bottleneck="Compute"', 'bottleneck=type("Word", (str,), {})("Compute")'
            )
        ],
        "bottleneck is the other one": [
            replace(ENGINE, "account.compute > account.memory", "account.compute < account.memory")
        ],
    },
    "P4": {
        "mfu is numpy's": [
            append(
                METRICS,
                "import numpy as _numpy",
                "def utilization(*given, _old=utilization): return _numpy.float64(_old(*given))",
            ),
        ],
        "mfu is in percent": [
            append(METRICS, "def utilization(*given, _old=utilization): return 100 * _old(*given)")
        ],
        "mfu counts a multiply-add once": [
            append(METRICS, "def utilization(*given, _old=utilization): return _old(*given) / 2")
        ],
    },
    "P5": {
        "feasible is numpy's": [
            replace(
                ENGINE, "feasible=account.spill == 0.0", "feasible=__import__('numpy').bool_(True)"
            )
        ],
        "everything fits": [replace(ENGINE, "feasible=account.spill == 0.0", "feasible=True")],
        "only weights must fit": [
            replace(
                ENGINE,
                "feasible=account.spill == 0.0",
                "feasible=bool(lowered.weights < device.capacity)",
            ),
        ],
    },
    "P6": {
        "energy is a number": [quantity("energy", "self.joules")],
        "energy is zero where it is unknown": [
            quantity("energy", '_quantity(self.joules or 0.0, "J")')
        ],
        "energy is a power": [quantity("energy", '_quantity(self.joules or math.nan, "W")')],
        "energy passes the power limit": [
            quantity(
                "energy", '_quantity(math.nan if self.joules is None else self.joules * 10, "J")'
            )
        ],
    },
    "U1": {
        "ureg is a second registry": [
            append(TOP, "from mlsysim_core.units import _registry as _r", "ureg = _r()"),
        ],
        "ureg is no registry": [append(TOP, "ureg = object()")],
        "ureg is made anew": [
            append(
                TOP,
                "def __getattr__(name, _old=__getattr__):",
                "    from mlsysim_core.units import _registry",
                "    return _registry() if name == 'ureg' else _old(name)",
            ),
        ],
    },
    "U2": {
        "results are in a second registry": [
            append(
                RESULTS,
                "@cache",
                "def _unit(name):",
                "    other = _other()",
                "    return other.Quantity, other.Unit(name)",
                "@cache",
                "def _other():",
                "    from .units import _registry",
                "    return _registry()",
            ),
        ],
        "entries are in a second registry": [
            append(
                QUANTITIES,
                "from functools import cache as _cache",
                "@_cache",
                "def _other():",
                "    from .units import _registry",
                "    return _registry()",
                "def quantity(number, unit): return _other().Quantity(number, unit)",
            ),
        ],
        "every result is in a registry of its own": [
            append(
                RESULTS,
                "def _quantity(number, name):",
                "    from .units import _registry",
                "    return _registry().Quantity(number, name)",
            ),
        ],
        "a token is a dimension": [
            replace(CORE + "units.txt", "token = []", "token = [token]"),
        ],
        "a user's quantity is refused": [
            replace(QUANTITIES, 'elif hasattr(value, "m_as")', "elif False"),
        ],
    },
    "X1": {
        "a solver is gone": [
            replace("mlsysim_solvers/__init__.py", '"ServingModel",', ""),
        ],
        "a solver is a class of its own": [
            append("mlsysim_solvers/__init__.py", "class ServingModel: pass"),
        ],
        "the forward solver forgets": [
            replace(
                CORE + "solver.py",
                "batch_size, precision, efficiency, **settings)",
                "batch_size, precision, None, **settings)",
            ),
        ],
    },
    "X2": {
        "the keyword is gone": [
            replace(ENGINE, "is_training: bool = False", "training: bool = False"),
            replace(ENGINE, '"is_training", is_training', '"is_training", training'),
        ],
        "train does not train": [replace(ENGINE, "is_training=True)\n", "is_training=False)\n")],
        "training is inference": [
            replace(ENGINE, 'check_flag("is_training", is_training)', "False"),
        ],
    },
    "X3": {
        "the snapshot takes in what is experimental": [
            replace(SURFACE, "[: len(FIVE_PARAMETERS)]", "[:]")
        ],
        "the snapshot leaves out what is stable": [replace(SURFACE, '    "ureg": instance,\n', "")],
    },
    "X4": {
        "the command is called otherwise": [
            replace("mlsysim_cli-*.dist-info/entry_points.txt", "mlsysim =", "mlsys =")
        ],
    },
    "D1": {
        "an old name is gone": [
            append(OLD, 'DEPRECATED.pop("BaseModel")'),
            append(OLDER, 'DEPRECATED.pop("BaseModel")'),
        ],
        "an old name is another class": [
            replace(
                OLD,
                'target="mlsysim_core.solver:ForwardModel"',
                'target="mlsysim_core.solver:Solver"',
            )
        ],
        "old names are loaded at once": [append(TOP, "import mlsysim_solvers as _solvers")],
    },
    "D2": {
        "nothing warns": [replace(DEPRECATION, "warnings.warn(", "(lambda *given, **more: None)(")],
        "the warning points elsewhere": [
            replace(DEPRECATION, "old.removal, stacklevel=3", "old.removal, stacklevel=2")
        ],
        "the warning is of another kind": [
            replace(DEPRECATION, "Warning(DeprecationWarning)", "Warning(UserWarning)")
        ],
        "only the first warns": [
            replace(
                DEPRECATION,
                "return old.resolve()",
                "import sys; vars(sys.modules[module])[name] = old.resolve(); return old.resolve()",
            ),
        ],
        "the warning is hidden": [
            replace(
                DEPRECATION, "Warning(DeprecationWarning)", "Warning(PendingDeprecationWarning)"
            ),
        ],
    },
    "D3": {
        "the advice does not work": [
            replace(OLD, "from mlsysim.core.solver", "from mlsysim.solver")
        ],
        "the advice leads to another": [
            replace(OLD, "import DistributedModel", "import ServingModel")
        ],
        "the new place is gone": [
            replace("mlsysim/core/solver.py", "import ForwardModel, Solver", "import Solver"),
            replace("mlsysim/core/solver.py", '"ForwardModel", ', ""),
        ],
        "the new place has another": [
            append("mlsysim/core/solver.py", "class ForwardModel(Solver): pass")
        ],
    },
    "D4": {
        "removal is put off": [replace(OLD, 'removal="0.2.0"', 'removal="0.3.0"')],
        "removal is overdue": [replace(OLD, 'removal="0.2.0"', 'removal="0.1.0"')],
    },
    "D5": {
        "what is new warns too": [
            append(
                "mlsysim/solvers.py",
                "import warnings as _warnings",
                "_warnings.warn('soon', DeprecationWarning, stacklevel=2)",
            ),
        ],
        "the command warns": [
            append(
                "mlsysim_cli/__init__.py",
                "import warnings as _warnings",
                "_warnings.warn('soon', DeprecationWarning, stacklevel=2)",
            ),
        ],
        "an old name is offered": [append(TOP, '__all__.append("BaseModel")')],
        "something else is shown": [append(TOP, "import os")],
    },
    "D6": {
        "an old name is gone": [replace(OLDER, '"HardwareNode": _HARDWARE,', "")],
        "old names are silent": [append(DEPRECATION, "def warn_of_old_name(*_, **__): pass")],
        "programs of today are warned as well": [
            append(
                "mlsysim/solvers.py",
                "import warnings as _warnings",
                "_warnings.warn('soon', DeprecationWarning, stacklevel=2)",
            ),
        ],
    },
    "O1": {
        "JSON rounds": [
            append(QUANTITIES, "def spell(number, unit): return f'{number:.2g} {unit}'")
        ],
        "specs do not pickle": [
            append(
                BASE,
                "def _no(self, protocol): raise TypeError('no')",
                "Spec.__reduce_ex__ = _no",
            ),
        ],
    },
    "O2": {
        "results do not pickle": [append(RESULTS, "del PerformanceProfile.__reduce__")],
        "results do not hash": [append(RESULTS, "PerformanceProfile.__hash__ = None")],
        "results lose themselves in JSON": [
            append(RESULTS, "PerformanceProfile.to_json = lambda self: '{}'")
        ],
        "quantities come back in pint's registry": [
            append(UNITS, "import copyreg as _c", "_c.pickle = lambda *given: None")
        ],
    },
    "O3": {
        "chance plays a part": [
            append(
                METRICS,
                "import random as _random",
                "def rate(items, time, _old=rate): return _old(items, time) * _random.random()",
            ),
        ],
        "each process has its own answer": [
            append(
                ENGINE,
                "import os as _os",
                "def pass_energy(*given, _old=pass_energy): return _old(*given) + _os.getpid()",
                "def add_up(*given, _old=add_up):",
                "    account = _old(*given)",
                "    import dataclasses",
                "    return dataclasses.replace(account, launch=account.launch + _os.getpid())",
            ),
        ],
        "a copy is taken for the original": [
            append(
                CORE + "device.py",
                "_seen = {}",
                "def machine(device, precision, stack, _old=machine):",
                "    made = _old(device, precision, stack)",
                "    return _seen.setdefault((device.name, precision), made)",
            ),
        ],
        "threads share a slate": [
            append(
                ARGUMENTS,
                "import time as _time",
                "_slate = []",
                "def check_batch_size(value):",
                "    _slate[:] = [value]",
                "    _time.sleep(1e-4)",
                "    return _slate[0]",
            ),
        ],
    },
    "O4": {
        "two who ask first make two entries": [
            append(
                LOADER,
                "import time as _time",
                "def get(kind, name):",
                "    _time.sleep(0.05)",
                "    return _entry.__wrapped__(kind, _canonical(kind, name))",
            ),
        ],
        "two who ask first make two registries": [
            append(
                UNITS,
                "import time as _time",
                "def __getattr__(name):",
                "    value = _registry()",
                "    _time.sleep(0.05)",
                "    globals()['ureg'] = value",
                "    return value",
            ),
        ],
    },
}
"""For each clause, what is broken and how."""


def prepare(folder: Path) -> tuple[Path, set[str]]:
    """Keep the unbroken surface as a release's, and list the tests that fail as it is."""
    tree, snapshots = folder / "unbroken", folder / "snapshots"
    snapshots.mkdir(parents=True)
    copy_tree(tree)
    environment = os.environ | {
        "PYTHONPATH": f"{tree / 'site'}{os.pathsep}{ROOT}",
        "MLSYSIM_SNAPSHOTS": str(snapshots),
    }
    write = [sys.executable, "-m", "tests.api.surface", "--write"]
    subprocess.run(write, cwd=tree, env=environment, check=True, capture_output=True)
    failed, erred, _ = run_tests(tree, f"tests/{HERE.name}", snapshots=snapshots)
    return snapshots, failed | erred


def main(wanted: list[str]) -> int:
    """Try every break of the clauses that are wanted, and tell what noticed it."""
    breaks = [
        Break(clause, what, tuple(patches))
        for clause, ways in BREAKS.items()
        for what, patches in ways.items()
        if not wanted or clause in wanted
    ]
    problems = [f"clause {name} is never broken" for name in CLAUSES if name not in BREAKS]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        snapshots, failing = prepare(Path(folder))
        problems += [f"fails though nothing is broken: {test}" for test in sorted(failing)]
        proven: set[str] = set()
        for outcome in pool.map(lambda one: attempt(one, snapshots, failing), breaks):
            broken = outcome.broken
            by = ", ".join(sorted(test.rpartition("::")[2] for test in outcome.caught))
            found = outcome.problem or by or "NOBODY"
            print(f"{broken.clause:3}  {broken.what:45}  {found}", flush=True)
            if outcome.problem or not outcome.caught:
                problems.append(f"{broken.clause}, {broken.what}: {outcome.problem or 'unnoticed'}")
            proven |= outcome.proven
    if not wanted:
        never = {test for test in every_test() if test not in proven}
        problems += [f"never seen to fail: {test}" for test in sorted(never)]
    print(f"\n{len(breaks)} breaks of {len({one.clause for one in breaks})} clauses")
    print("\n".join(problems))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
