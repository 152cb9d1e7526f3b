"""Low-rank adapters: small matrices beside the weights, one pair for each customer."""

from mlsysim_core.operators import Lowered, Operator

__all__ = ["adapted", "adapter_bytes"]

_WIDTH = 2.0
"""Adapters are kept at 16 bits, whatever the weights are. [byte]"""
_ADAPTED = ("attention.", "mlp.", "recurrence.in", "recurrence.out", "decoder.", "cross.")


def _pairs(lowered: Lowered) -> list[Operator]:
    return [
        one for one in lowered.operators if one.kind == "matmul" and one.name.startswith(_ADAPTED)
    ]


def adapter_bytes(lowered: Lowered, rank: int) -> float:
    """Return the memory of one adapter of every adapted multiplication [byte]."""
    return sum(
        (
            float(one.count) * rank * (one.shape[1] + one.shape[2]) * _WIDTH
            for one in _pairs(lowered)
        ),
        0.0,
    )


def adapted(lowered: Lowered, adapters: int, rank: int) -> Lowered:
    """Add what adapters compute and read: each row meets one of them, at random."""
    found: list[Operator] = []
    pairs = {id(one) for one in _pairs(lowered)}
    for one in lowered.operators:
        found.append(one)
        if id(one) not in pairs:
            continue
        rows, columns, inner, groups = one.shape
        tokens = rows * groups
        met = min(float(adapters), float(tokens))
        found.append(
            Operator(
                f"{one.name}.adapter",
                "matmul",
                one.count,
                2.0 * tokens * rank * (columns + inner),
                met * rank * (columns + inner) * _WIDTH,
                0.0,
                tokens * (inner + columns + 2.0 * rank) * _WIDTH,
                (tokens / met, float(rank), columns + inner, met),
                2,
            )
        )
    return lowered._replace(operators=tuple(found))
