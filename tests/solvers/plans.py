"""A plan of hand-made specs, which needs no registry."""

__all__ = ["PLAN"]

PLAN = """\
model:
  name: tiny-llm
  architecture: {kind: decoder, layers: 4, hidden: 512, heads: 8, ffn: 2048, vocab: 1000}
hardware:
  name: chip
  compute: {peak: {fp16: 200 TFLOP/s}}
  memory: {capacity: 48 GB, bandwidth: 1 TB/s}
  link: {bandwidth: 100 GB/s}
  tdp: 300 W
  idle_power: 50 W
workload:
  batch_size: 4
  seq_len: 128
assert:
  - latency < 5 ms
"""
