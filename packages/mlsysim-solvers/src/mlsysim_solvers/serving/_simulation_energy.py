"""Power that a simulated replica draws on average."""

from ._replica import Replica
from ._simulation_policy import Run

__all__ = ["mean_power"]


def mean_power(replica: Replica, run: Run, context: float) -> float | None:
    """Return the power of all devices of a replica over a run [W].

    Passes of the same kind are taken as equal: those that only decode, and those that
    read prompts. Between them the devices idle.
    """
    device = replica.machine
    if device.power is None or not run.end:
        return None
    writing = max(run.busy - run.prefill_seconds, 0.0)
    together = max(run.sequence_seconds / run.busy, 1.0) if run.busy else 1.0
    joules = (run.end - run.busy) * device.idle * replica.devices
    if writing:
        step = replica.write(together, context)
        joules += writing * (step.joules or 0.0) / step.seconds
    if run.prefill_seconds and run.prefill_passes:
        new = max(run.read / run.prefill_passes, 1.0)
        chunk = replica.prefill(1.0, new)
        joules += run.prefill_seconds * (chunk.joules or 0.0) / chunk.seconds
    return joules / run.end
