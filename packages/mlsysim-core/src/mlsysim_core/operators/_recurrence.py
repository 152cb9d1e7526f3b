"""Recurrent layers as operators: state-space scans and linear attention."""

from ..physics._numeric import Numeric
from ..specs._mixers import LinearAttention, StateSpaceMixer
from ._operator import Operator, Workload
from ._parts import matmul

__all__ = ["recurrence", "state_bytes"]

_STATE_WIDTH = 4.0  # kernels keep the state in fp32, whatever the weights are


def state_bytes(mixer: StateSpaceMixer | LinearAttention, work: Workload) -> float:
    """Bytes that one layer keeps for one sequence, whatever its length."""
    return mixer.state_elements * _STATE_WIDTH + mixer.convolution_elements * work.activations


def recurrence(
    mixer: StateSpaceMixer | LinearAttention,
    hidden: int,
    layers: int,
    tokens: Numeric,
    work: Workload,
) -> list[Operator]:
    """Lower layers that carry a state from token to token."""
    values = mixer.inner if isinstance(mixer, StateSpaceMixer) else mixer.values
    operators = [matmul("recurrence.in", layers, tokens, mixer.projected, hidden, work)]
    if isinstance(mixer, StateSpaceMixer) and mixer.mixer == "mamba1":
        rank = mixer.rank or 0
        columns = rank + 2 * mixer.state
        operators += [
            matmul("recurrence.inputs", layers, tokens, columns, mixer.inner, work),
            matmul("recurrence.steps", layers, tokens, mixer.inner, rank, work),
        ]
    # Decay, update and read-out: six operations for each element of the state.
    state = state_bytes(mixer, work)
    passes = 2.0 * work.batch  # read and written once a pass for each sequence
    operators.append(
        Operator(
            "recurrence.scan",
            "scan",
            layers,
            6.0 * tokens * mixer.state_elements,
            0.0,
            0.0 if work.phase == "training" else passes * state,
            tokens * (mixer.projected + values) * work.activations,
            (),
            3,  # convolution, scan, gate
            0.0,
            tokens * (mixer.projected + values) * work.activations,
        )
    )
    operators.append(matmul("recurrence.out", layers, tokens, hidden, values, work, reduced=True))
    return operators
