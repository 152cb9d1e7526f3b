"""Looking for what is best where a space is too large to be gone through, or has no end."""

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mlsysim_core.arrays import Setting, numpy_or_error
from mlsysim_core.errors import InputError

from ._axes import Interval
from ._block import NUMBERS, PARAMETERS, words
from ._goal import Goal
from ._optional import imported
from ._space import Space
from ._table import DesignTable, Levels, join

if TYPE_CHECKING:
    from ._exploration import DSE

__all__ = ["optimize"]

_POPULATION = 50
"""Points of a generation, which are worked out together."""


def optimize(
    dse: "DSE", goals: Sequence[Goal], trials: int, seed: int, sampler: Any
) -> DesignTable:
    """Try points where earlier ones were good; ``DSE.optimize`` says what the arguments are."""
    for name, value, least in (("trials", trials, 1), ("seed", seed, 0)):
        if type(value) is not int or value < least:
            raise InputError(f"{name} must be a whole number from {least}, got {value!r}")
    if not goals:
        raise InputError("optimize needs an objective, such as 'maximize throughput'")
    space = dse.space
    if not isinstance(space, Space):
        raise InputError("optimize chooses its points itself: give the space, not a sample of it")
    optuna = imported("optuna", "optimize()", "optimize")
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    try:
        directions = ["minimize" if one.sign > 0.0 else "maximize" for one in goals]
        chosen = sampler or _genetic(optuna, seed)
        study = optuna.create_study(directions=directions, sampler=chosen)
        search = _Search(dse, space, goals)
        tables = [
            search.generation(study, min(_POPULATION, trials - done))
            for done in range(0, trials, _POPULATION)
        ]
    finally:
        optuna.logging.set_verbosity(before)
    return _once(join(tables))


def _genetic(optuna: Any, seed: int) -> Any:
    """Make the sampler of those who name none."""
    with warnings.catch_warnings():  # it has been called experimental for years
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        mixed = optuna.samplers.nsgaii.BLXAlphaCrossover()
    return optuna.samplers.NSGAIISampler(seed=seed, population_size=_POPULATION, crossover=mixed)


class _Search:
    """What a trial may choose, and what comes of it."""

    def __init__(self, dse: "DSE", space: Space, goals: Sequence[Goal]) -> None:
        self.dse, self.space, self.goals, self.levels = dse, space, goals, Levels()
        self.settings = {tuple(words(one).values()): one for one in space.settings}
        self.choices = [list(dict.fromkeys(column)) for column in zip(*self.settings, strict=True)]

    def generation(self, study: Any, count: int) -> DesignTable:
        """Try some points together."""
        np = numpy_or_error("optimizing")
        trials = [study.ask() for _ in range(count)]
        asked = [self._asked(trial) for trial in trials]
        groups: dict[Setting, list[int]] = {}
        for place, (setting, _) in enumerate(asked):
            groups.setdefault(setting, []).append(place)
        tables, order = [], []
        for setting, places in groups.items():
            numbers = [
                None
                if asked[places[0]][1][name] is None
                else np.array([asked[place][1][name] for place in places], dtype=float)
                for name in NUMBERS
            ]
            block = self.space.block(setting, *numbers)
            shape = np.shape(places)
            kept = np.broadcast_to(True if block.kept is None else block.kept, shape)
            tables.append(self.dse.worked_out(block, self.levels))
            order += np.array(places)[kept].tolist()
        table: DesignTable = join(tables)[np.argsort(order)]
        self._tell(study, trials, sorted(order), table)
        return table

    def _asked(self, trial: Any) -> tuple[Setting, Mapping[str, Any]]:
        chosen = tuple(
            trial.suggest_categorical(name, choices) if len(choices) > 1 else choices[0]
            for name, choices in zip(words(self.space.settings[0]), self.choices, strict=True)
        )
        numbers = {name: _number(trial, name, getattr(self.space, name)) for name in NUMBERS}
        return self.settings[chosen], numbers

    def _tell(self, study: Any, trials: Sequence[Any], kept: list[int], table: DesignTable) -> None:
        """Say what came of each trial; those that are no points of the space have failed."""
        np = numpy_or_error("optimizing")
        values = np.stack(
            [np.broadcast_to(one.expression(table.lookup), len(table)) for one in self.goals], 1
        )
        over = np.where(table["feasible"], 0.0, table["memory"] / table["capacity"] - 1.0)
        there = dict(zip(kept, range(len(kept)), strict=True))
        failed = imported("optuna.trial", "optimize()", "optimize").TrialState.FAIL
        for place, trial in enumerate(trials):
            row = there.get(place)
            if row is None or not np.isfinite([*values[row], over[row]]).all():
                study.tell(trial, state=failed)
                continue
            trial.set_constraint("memory", float(over[row]))
            trial.set_constraint("constraints", 0.0 if table["accepted"][row] else 1.0)
            study.tell(trial, values[row].tolist())


def _once(table: DesignTable) -> DesignTable:
    """Leave out points that were tried before."""
    np = numpy_or_error("optimizing")
    columns = np.stack([np.nan_to_num(table._columns[name]) for name in PARAMETERS], 1)  # noqa: SLF001
    _, first = np.unique(columns, axis=0, return_index=True)
    found: DesignTable = table[np.sort(first)]
    return found


def _number(trial: Any, name: str, axis: Sequence[Any] | Interval) -> Any:
    """Let a trial choose a number; of a list its place, for neighbours are alike."""
    if isinstance(axis, Interval):
        if axis.whole:
            return trial.suggest_int(name, int(axis.low), int(axis.high), log=axis.log)
        return trial.suggest_float(name, axis.low, axis.high, log=axis.log)
    if len(axis) == 1:
        return axis[0]
    if isinstance(axis, range):
        return trial.suggest_int(name, axis[0], axis[-1], step=axis.step)
    return axis[trial.suggest_int(name, 0, len(axis) - 1)]
