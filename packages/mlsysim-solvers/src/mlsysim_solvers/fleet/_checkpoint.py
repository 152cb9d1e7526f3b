"""Checkpoints of a training run: size, time, interval, goodput."""

import math
from typing import ClassVar

from mlsysim_core._arguments import check_choice, check_flag, find_model, whole_number
from mlsysim_core._former import Inputs, Renamed
from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, InputTypeError, MissingValueError
from mlsysim_core.formats import WIDTH, Precision, resolve
from mlsysim_core.operators import Workload
from mlsysim_core.operators._training import OPTIMIZER_STATES, state_width
from mlsysim_core.physics.checkpoints import checkpoint_size, sharded_write_time
from mlsysim_core.solver import Solver
from mlsysim_core.specs import (
    FailureSpec,
    HardwareSpec,
    ModelSpec,
    NodeSpec,
    StorageSpec,
    SystemSpec,
)

from .._amounts import Amount, amount, at_least, positive, share
from ._checkpoint_result import CheckpointLevel, CheckpointResult
from ._failure_rates import Components, system_mtbf
from ._fleet import find_fleet, host_link

__all__ = ["CheckpointModel"]


class CheckpointModel(Solver):
    """Checkpoints of a training run, sharded over its devices, on one level or on two.

    References
    ----------
    .. [1] J. T. Daly, "A higher order estimate of the optimum checkpoint interval for restart
       dumps," Future Gener. Comput. Syst., vol. 22, no. 3, pp. 303-312, 2006.
    .. [2] A. Moody et al., "Design, modeling, and evaluation of a scalable multi-level
       checkpointing system," in SC, 2010. doi:10.1109/SC.2010.18.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "weights, fp32 master weights and optimizer state are written once, in equal parts",
        "an asynchronous checkpoint stops the run only while it is copied to the host",
        "a failure before a checkpoint is written in full loses it",
        "failures come at random, and also while a checkpoint is written",
        "levels are independent: each has its own part of the failures, and its own interval",
    )
    bounds: ClassVar[str] = (
        "goodput is bounded from above: writers never wait for one another, and restarts succeed"
    )
    _former: ClassVar[Inputs] = {
        "hardware": Renamed("system"),
        "fleet": Renamed("system"),
        "checkpoint_interval_hours": Renamed("interval_seconds", lambda hours: hours * 3600.0),
        "n_writers": Renamed("writers"),
        "filesystem_limit_gbs": Renamed("storage_bandwidth", lambda number: f"{number} GB/s"),
    }

    def solve(
        self,
        model: ModelSpec | str,
        system: SystemSpec | NodeSpec | HardwareSpec | str,
        *,
        devices: int | None = None,
        precision: Precision = "bf16",
        optimizer: str = "adam",
        bytes_per_parameter: float | None = None,
        writers: int | None = None,
        writer_bandwidth: Amount | None = None,
        storage: StorageSpec | str | None = None,
        storage_bandwidth: Amount | None = None,
        asynchronous: bool = False,
        interval_seconds: float | None = None,
        local_bandwidth: Amount | None = None,
        local_recoveries: float = 0.0,
        failure: FailureSpec | str | None = None,
        device_mtbf_hours: float | None = None,
        components: Components | None = None,
        shared_failures_per_day: float = 0.0,
        restart_seconds: float = 600.0,
    ) -> CheckpointResult:
        """Predict checkpoints.

        Parameters
        ----------
        model : ModelSpec or str
            What is trained, or its name.
        system : SystemSpec, NodeSpec, HardwareSpec or str
            What it is trained on, or its name.
        devices : int, optional
            How many there are of a bare device; one if not given.
        precision, optimizer : str
            What is kept for each parameter: bf16 and Adam keep 2 + 4 + 8 bytes.
        bytes_per_parameter : float, optional
            In place of that.
        writers : int, optional
            That write at the same time; every device if not given.
        writer_bandwidth : quantity, optional
            Of one writer; not a limit if not given. [byte / s]
        storage : StorageSpec or str, optional
            The store, or its name: its published rate of writing.
        storage_bandwidth : quantity, optional
            Of the store, for all writers together, in place of the published one. [byte / s]
        asynchronous : bool
            Whether the run goes on as soon as the host has a copy.
        interval_seconds : float, optional
            Work between checkpoints to the store; Young's optimum if not given. [s]
        local_bandwidth : quantity, optional
            At which each device also keeps checkpoints near by. [byte / s]
        local_recoveries : float
            Part of the failures that those suffice for.
        failure, device_mtbf_hours, components, shared_failures_per_day
            As in :meth:`ReliabilityModel.solve`; without any, there is no goodput.
        restart_seconds : float
            From a failure to the first step again. [s]

        Returns
        -------
        CheckpointResult
            Size, time, interval, goodput.

        Raises
        ------
        MissingValueError
            If a bandwidth is neither given nor published. A device's rate of reading never
            stands in for its rate of writing.
        InputError, InputTypeError
            If an argument cannot be used.
        """
        spec, fleet = find_model(model), find_fleet(system, devices)
        width = bytes_per_parameter
        if width is None:
            check_choice("optimizer", optimizer, tuple(OPTIMIZER_STATES))
            form = resolve(precision)
            if form.startswith("int"):
                raise InputError(f"precision {precision!r} cannot be trained in")
            # Narrow formats are formats of multiplications; everything else stays at 16 bits.
            form = form if WIDTH[form] >= WIDTH["bf16"] else "bf16"
            work = Workload.of("training", 1.0, 1.0, form)
            width = WIDTH[form] + float(state_width(work, optimizer))
        width = positive("bytes_per_parameter", width)
        size = float(checkpoint_size(float(spec.architecture.parameters), width))
        many = whole_number("writers", fleet.devices if writers is None else writers)
        each, shared = _bandwidths(writer_bandwidth, storage, storage_bandwidth)
        written = float(sharded_write_time(size, float(many), each, shared))
        pause = written
        if check_flag("asynchronous", asynchronous):
            pause = min(size / fleet.devices / host_link(fleet.hardware), written)
        near = share("local_recoveries", local_recoveries)
        if interval_seconds is not None:
            interval_seconds = positive("interval_seconds", interval_seconds)
        levels = [
            CheckpointLevel(
                name="store",
                write_seconds=written,
                pause_seconds=pause,
                share=1.0 - near,
                chosen_interval=interval_seconds,
            )
        ]
        if local_bandwidth is not None:
            local = size / fleet.devices / amount("local_bandwidth", local_bandwidth, "byte/s")
            levels.insert(0, _local(local, near))
        elif near:
            raise MissingValueError("local_recoveries needs local_bandwidth")
        mtbf: float | None = None
        causes: tuple[str, ...] = ()
        known = failure, device_mtbf_hours, components
        if any(one is not None for one in known) or shared_failures_per_day:
            mtbf, causes = system_mtbf(
                fleet.devices, failure, device_mtbf_hours, components, shared_failures_per_day
            )
        return CheckpointResult(
            model=spec.name,
            system=fleet.name,
            bytes=size,
            bytes_per_parameter=width,
            writers=many,
            writer_bandwidth=each,
            store_bandwidth=shared,
            levels=tuple(levels),
            mtbf_seconds=mtbf,
            restart_seconds=at_least("restart_seconds", restart_seconds, 0.0),
            causes=causes,
        )


def _local(seconds: float, near: float) -> CheckpointLevel:
    if not 0.0 < near < 1.0:
        raise InputError(
            f"local_recoveries must be between 0 and 1 with local_bandwidth, got {near:g}"
        )
    return CheckpointLevel(
        name="near by",
        write_seconds=seconds,
        pause_seconds=seconds,
        share=near,
        chosen_interval=None,
    )


def _bandwidths(
    writer: Amount | None, storage: StorageSpec | str | None, given: Amount | None
) -> tuple[float, float]:
    each = shared = math.inf
    if writer is not None:
        each = amount("writer_bandwidth", writer, "byte/s")
    if given is not None:
        shared = amount("storage_bandwidth", given, "byte/s")
    elif storage is not None:
        spec = find("storage", storage) if isinstance(storage, str) else storage
        if not isinstance(spec, StorageSpec):
            raise InputTypeError(f"storage must be a StorageSpec or a name, got {storage!r:.80}")
        found = spec.number("write")
        if found is None:
            raise MissingValueError(
                f"{spec.name} has no published rate of writing: give storage_bandwidth"
            )
        shared = found
    if math.isinf(each) and math.isinf(shared):
        raise MissingValueError(
            "how fast checkpoints are written is not known: give storage, storage_bandwidth "
            "or writer_bandwidth"
        )
    return each, shared
