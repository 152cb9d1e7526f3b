"""Recommendation: embedding tables between small stacks of linear layers."""

from .graph import Built, Entry, Graph

__all__ = ["ENTRIES"]

DENSE, FEATURES, WIDTH = 13, 26, 128
"""Of the Criteo data: dense and categorical features, and the width of an embedding."""

HOT = (
    3, 2, 1, 2, 6, 1, 1, 1, 1, 7, 3, 8, 1, 6, 9, 5, 1, 1, 1, 12, 100, 27, 10, 3, 1, 1,
)  # fmt: skip
"""Look-ups of each categorical feature in the multi-hot data."""


def dlrm_v1() -> Built:
    """DLRM with pairwise dot products of 26 embeddings and the bottom output."""
    graph = Graph()
    graph.dense(DENSE, 512, 256, WIDTH)
    graph.elementwise(FEATURES * WIDTH)
    vectors = FEATURES + 1
    graph.attention(1, WIDTH // 2, vectors, vectors // 2)
    graph.dense(vectors * FEATURES // 2 + WIDTH, 1024, 1024, 512, 256, 1)
    return graph.built(DENSE + FEATURES, tables=187_767_399 * WIDTH)


def dlrm_dcnv2() -> Built:
    """DLRM with three low-rank cross layers on multi-hot data."""
    graph, inside = Graph(), (FEATURES + 1) * WIDTH
    graph.dense(DENSE, 512, 256, WIDTH)
    graph.append("pool", reads=sum(HOT) * WIDTH, writes=FEATURES * WIDTH)
    for _ in range(3):
        graph.linear(inside, 512, bias=False)
        graph.linear(512, inside)
        graph.elementwise(inside, tensors=3)
    graph.dense(inside, 1024, 1024, 512, 256, 1)
    return graph.built(DENSE + sum(HOT), tables=204_184_588 * WIDTH)


def rm1() -> Built:
    """Smallest of three: eight tables of 100,000 rows, 80 look-ups each, concatenated."""
    graph, tables, lookups, width = Graph(), 8, 80, 32
    graph.dense(256, 128, width)
    graph.append("pool", reads=tables * lookups * width, writes=tables * width)
    graph.dense((tables + 1) * width, 256, 64, 1)
    return graph.built(256 + tables * lookups, tables=tables * 100_000 * width)


ENTRIES = {
    "mlperf_dlrm_v1": Entry(
        dlrm_v1,
        "The dot products of the 351 pairs of 27 vectors stand as an attention with as many"
        " multiply-accumulates: half the width because there is no weighted sum, 13 keys because"
        " each pair is taken once.",
    ),
    "mlperf_dlrm_dcnv2": Entry(
        dlrm_dcnv2,
        "The published total is often that of the tables alone; here the linear layers are added."
        " The cross layers have rank 512. Look-ups are pooled: 214 rows for 26 features.",
    ),
    "wide_and_deep_rm": Entry(
        rm1,
        "RM1 of the three variants; 256 is the width of its dense input, and the embeddings are"
        " as wide as the bottom output, with which they are concatenated.",
    ),
}
