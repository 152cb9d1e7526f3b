"""Evening four of a study group: the cache, and what narrower weights bring."""

from mlsysim import CompressionModel, ContinuousBatchingModel, Hardware, Models, ServingModel

model, gpu = Models.Llama3_8B, Hardware.H100
served = ServingModel().solve(model=model, hardware=gpu, seq_len=2048, batch_size=8, precision="fp16")
print(served.ttft, served.itl, served.kv_cache_size, served.memory_utilization)
assert served.feasible

cache = model.get_kv_cache_size(seq_len=2048, batch_size=8)
assert cache.m_as("byte") == 131072 * 2048 * 8
assert model.size_in_bytes().m_as("GB") > 16

small = CompressionModel().solve(model, gpu, method="quantization", target_bitwidth=4)
print(small.original_size_gb, small.compressed_size_gb, small.compression_ratio, small.inference_speedup)
assert small.compression_ratio == 4

paged = ContinuousBatchingModel().solve(model, gpu, seq_len=2048, max_batch_size=32, page_size=16)
print(paged.throughput_tokens_per_sec, paged.max_active_requests, paged.memory_fragmentation_pct)
