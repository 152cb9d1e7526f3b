"""A language model of one's own, by the class of old."""

from mlsysim import Engine
from mlsysim.models.types import TransformerWorkload
from mlsysim.show import info, table

own = TransformerWorkload(
    name="own", architecture="Transformer", parameters="3 Bparam", layers=28,
    hidden_dim=3072, heads=24, kv_heads=8,
)
rows = []
for context in (1024, 8192, 65536):
    perf = Engine.solve(own, "H100", 16, seq_len=context)
    rows.append([context, perf.latency.to("ms"), perf.feasible])
table(["context", "latency", "fits"], rows)
info("Own", Weights=own.size_in_bytes("fp16").to("GB"), Cache=own.get_kv_cache_size(8192, 16).to("GB"))
assert rows[0][1] < rows[1][1] < rows[2][1]
