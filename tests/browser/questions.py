"""Questions whose answers must not depend on where Python runs; written as JSON, bit for bit."""

import json

from mlsysim import Engine, Hardware, Models
from mlsysim_solvers import FitModel

ASKED = [
    ("Llama3_8B", "H100", {"batch_size": 32}),
    ("Llama3_8B", "H100", {"batch_size": 4, "phase": "prefill", "seq_len": 8192}),
    ("Llama3_70B", "H100", {}),
    ("DeepSeek_V3", "B200", {"batch_size": 64, "precision": "fp8"}),
    ("Mamba_2_8B", "A100", {"batch_size": 7, "precision": "int8"}),
    ("ResNet50", "A100", {"batch_size": 256, "is_training": True}),
    ("BERT_Base", "RTX4090", {"batch_size": 13, "precision": "fp32"}),
    ("GPT2", "JetsonOrinNX", {"efficiency": 0.37}),
]

profiles = [Engine.solve(model, hardware, **settings) for model, hardware, settings in ASKED]
fit = FitModel().solve("Llama3_8B", "H100", precision="fp8")
answers = json.dumps(
    {
        "profiles": [json.loads(profile.to_json()) for profile in profiles],
        "latency": str(profiles[0].latency),
        "memory": str(Hardware.Cloud.H100.memory.bandwidth.to("GB/s")),
        "parameters": float(Models.Llama3_8B.parameters.magnitude),
        "fit": [fit.max_batch, fit.max_context, list(fit.precisions)],
    }
)
print(answers)
