"""Constants of old, each as the entry, the unit or the number that it is now.

Only the first words of an entry and the last words of a value are listed: ``H100_MEM_BW`` is
the ``memory.bandwidth`` of ``Hardware.H100``.
"""

from functools import partial, reduce
from typing import Any

from mlsysim_core.deprecation import Deprecated
from mlsysim_core.errors import MissingValueError

import mlsysim

__all__ = ["DEPRECATED", "REMOVED", "UNITS"]

_DEVICES = {
    "A100": ("A100", "FP16_TENSOR FP32 INT8 TF32 MEM_BW MEM_CAPACITY TDP UNIT_COST"),
    "B200": ("B200", "FP16_TENSOR FP8_TENSOR INT4 MEM_BW MEM_CAPACITY TDP UNIT_COST"),
    "CEREBRAS_CS3": ("Cerebras_CS3", "UNIT_COST"),
    "GAUDI2": ("Gaudi2", "BF16 FP8 MEM_BW MEM_CAPACITY TDP"),
    "GAUDI3": ("Gaudi3", "BF16 FP8 MEM_BW MEM_CAPACITY TDP"),
    "H100": ("H100", "FP16_TENSOR FP8_TENSOR INT8 TF32 MEM_BW MEM_CAPACITY TDP UNIT_COST"),
    "H200": ("H200", "MEM_BW MEM_CAPACITY TDP UNIT_COST"),
    "MI250X": ("MI250X", "FP16_TENSOR FP32 INT8 MEM_BW MEM_CAPACITY TDP"),
    "MI300X": ("MI300X", "FP16_TENSOR FP32 FP8 INT8 MEM_BW MEM_CAPACITY TDP UNIT_COST"),
    "NVL72": ("GB200_NVL72", "FP4_TENSOR FP8_TENSOR MEM_BW MEM_CAPACITY TDP UNIT_COST"),
    "T4": ("T4", "FP16_TENSOR INT8 MEM_BW TDP UNIT_COST"),
    "TPUV1": ("TPUv1", "INT8 TDP"),
    "TPUV2": ("TPUv2", "BF16 MEM_BW MEM_CAPACITY"),
    "TPUV3": ("TPUv3", "BF16 MEM_BW MEM_CAPACITY"),
    "TPUV4": ("TPUv4", "BF16 MEM_BW"),
    "TPUV5P": ("TPUv5p", "BF16 INT8 MEM_BW MEM_CAPACITY TDP"),
    "TPUV6": ("TPUv6", "BF16 MEM_BW MEM_CAPACITY"),
    "TRAINIUM2": ("Trainium2", "BF16 FP8 MEM_BW MEM_CAPACITY TDP"),
    "V100": ("V100", "FP16_TENSOR FP32 MEM_BW MEM_CAPACITY TDP UNIT_COST"),
    "WSE1": ("Cerebras_CS1", "FP16 MEM_BW MEM_CAPACITY TDP"),
    "WSE2": ("Cerebras_CS2", "FP16 MEM_BW MEM_CAPACITY TDP"),
    "WSE3": ("Cerebras_CS3", "FP16 MEM_BW MEM_CAPACITY TDP"),
}
"""First words of a device's constants, its entry, and the last words."""
_OF_DEVICES = {
    "MEM_BW": "memory.bandwidth",
    "MEM_CAPACITY": "memory.capacity",
    "TDP": "tdp",
    "UNIT_COST": "price",
}
_MODELS = {
    "ALEXNET": ("AlexNet", "FLOPs PARAMS"),
    "BERT_BASE": ("BERT_Base", "FLOPs HEADS HIDDEN_DIM LAYERS PARAMS"),
    "BERT_LARGE": ("BERT_Large", "FLOPs HEADS HIDDEN_DIM LAYERS PARAMS"),
    "GPT2": ("GPT2", "HEADS HIDDEN_DIM LAYERS PARAMS"),
    "GPT3": ("GPT3", "HEADS HIDDEN_DIM LAYERS PARAMS"),
    "GPT4": ("GPT4", "LAYERS"),
    "KWS_DSCNN": ("DS_CNN", "FLOPs PARAMS"),
    "LLAMA2_70B": ("Llama2_70B", "HEADS HIDDEN_DIM KV_HEADS LAYERS PARAMS"),
    "LLAMA3_405B": ("Llama3_1_405B", "PARAMS"),
    "LLAMA3_70B": ("Llama3_70B", "HEADS HIDDEN_DIM KV_HEADS LAYERS PARAMS"),
    "LLAMA3_8B": ("Llama3_8B", "HEADS HIDDEN_DIM KV_HEADS LAYERS PARAMS"),
    "MAMBA_130M": ("Mamba_130M", "HIDDEN_DIM LAYERS PARAMS"),
    "MAMBA_2_8B": ("Mamba_2_8B", "HIDDEN_DIM LAYERS PARAMS"),
    "MOBILENETV2": ("MobileNetV2", "FLOPs PARAMS"),
    "RESNET50": ("ResNet50", "FLOPs PARAMS"),
    "STABLE_DIFFUSION_V1_5": ("StableDiffusion_v1_5", "PARAMS"),
    "WAKEVISION": ("WakeVision", "FLOPs PARAMS"),
    "YOLOV8_NANO": ("YOLOv8_Nano", "FLOPs PARAMS"),
}
"""The same of models."""
_OF_MODELS = {
    "HEADS": "heads",
    "HIDDEN_DIM": "hidden",
    "KV_HEADS": "kv_heads",
    "LAYERS": "layers",
    "PARAMS": "parameters",
}
_FABRICS = {
    "ETHERNET_100G": "Ethernet_100G", "INFINIBAND_GXDR": "InfiniBand_GDR",
    "INFINIBAND_HDR": "InfiniBand_HDR", "INFINIBAND_NDR": "InfiniBand_NDR",
    "INFINIBAND_XDR": "InfiniBand_XDR", "NETWORK_100G": "Ethernet_100G",
    "NETWORK_10G": "Ethernet_10G", "ROCE_100G": "RoCE_100G",
}  # fmt: skip
_LINKS = {
    "NVLINK_A100_BW": "NVLink_3", "NVLINK_B200_BW": "NVLink_5", "NVLINK_H100_BW": "NVLink_4",
    "NVLINK_V100_BW": "NVLink_2", "PCIE_GEN3_BW": "PCIe_Gen3_x16",
    "PCIE_GEN4_BW": "PCIe_Gen4_x16", "PCIE_GEN5_BW": "PCIe_Gen5_x16",
}  # fmt: skip
_GRIDS = {
    "EU_AVG": "European_Union", "FRANCE": "France", "NORWAY": "Norway", "POLAND": "Poland",
    "QUEBEC": "Quebec", "US_AVG": "US_Avg",
}  # fmt: skip
_NUMBERS: dict[str, str] = {
    "BITS_PER_BYTE": "8", "HUNDRED": "100", "THOUSAND": "1e3", "MILLION": "1e6",
    "BILLION": "1e9", "TRILLION": "1e12", "QUADRILLION": "1e15", "SECONDS_PER_MINUTE": "60",
    "MINUTES_PER_HOUR": "60", "SEC_PER_HOUR": "3600", "HOURS_PER_DAY": "24",
    "SEC_PER_DAY": "86400", "DAYS_PER_YEAR": "365", "HOURS_PER_YEAR": "8760",
    "SEC_PER_YEAR": "31536000", "SEC_PER_YEAR_LEAP": "31557600", "DAYS_PER_MONTH": "30",
    "MS_PER_SEC": "1000", "US_PER_MS": "1000", "NS_PER_US": "1000", "NS_PER_MS": "1000000",
    "NS_PER_SEC": "1000000000", "KIB_TO_BYTES": "1024", "MIB_TO_BYTES": "1048576",
    "GIB_TO_BYTES": "1073741824", "FP32_BITS": "32", "INT16_BITS": "16", "INT8_BITS": "8",
    "INT4_BITS": "4",
}  # fmt: skip
_BYTES = {"FP32": 4, "FP16": 2, "INT64": 8, "INT32": 4, "INT16": 2, "INT8": 1, "INT4": 0.5}
_SAME_UNITS = """
A Bparam EFLOP EFLOPs EUR GB GFLOP GFLOPs GHz GW GWh Gbps GiB Hz J K KiB L MB MFLOP MFLOPs MHz MJ
MW MWh MiB Mparam Mt Mtoken N PB PFLOP PFLOPs TB TFLOP TFLOPs TWh TiB Tparam USD V Wh ZFLOP ZFLOPs
ampere bit byte centimeter cm count day decibel degC degree delta_degC dimensionless farad feet
flop foot gigabit gigabyte gigahertz gigawatt gram hertz hour joule kHz kJ kW kWh kelvin kg
kilobyte kilogram kilohertz kilojoule kilometer kilonewton kilowatt km liter lux mA mAh mJ mV mW
megabit megabyte megahertz megatonne megawatt meter metric_ton microfarad microjoule microsecond
microwatt milliampere millihenry millimeter milliohm milliradian millisecond millivolt milliwatt
minute mm month mph ms nanometer nanosecond newton ohm pJ param picohenry picosecond pound ppm rad
radian rpm second standard_gravity terabit terawatt_hour token tonne uJ uW volt watt week year
"""
_UNITS = {name: name for name in _SAME_UNITS.split()} | {
    "Btoken": "gigatoken", "KB": "kB", "KFLOP": "kFLOP", "KFLOPs": "kFLOP", "Kparam": "kparam",
    "Ktoken": "kilotoken", "MICROSECOND": "us", "MILLISECOND": "ms", "MS": "ms",
    "NANOSECOND": "ns", "NS": "ns", "US": "us",
}  # fmt: skip
UNITS = {"Q_", "ureg", *_UNITS, *_NUMBERS, *(f"BYTES_{name}" for name in _BYTES)}
"""What a star import brings: names that stand for no entry."""


def _value(path: str, unit: str = "") -> Any:
    found = reduce(getattr, path.split("."), mlsysim)
    if found is None:
        raise MissingValueError(f"mlsysim.{path} is not published")
    return found.m_as(unit) if unit else found


def _entry(path: str, unit: str = "") -> Deprecated:
    number = f'.m_as("{unit}")' if unit else ""
    return Deprecated(target=partial(_value, path, unit), use=f"mlsysim.{path}{number}")


def _number(text: str) -> float:
    return float(text) if "e" in text else int(text)


def _unit(name: str) -> Deprecated:
    return Deprecated(target=f"mlsysim:ureg.{name}", use=f"mlsysim.ureg.{name}")


def _bytes(count: float) -> Deprecated:
    return Deprecated(target=lambda: mlsysim.Q_(count, "byte"), use=f'mlsysim.Q_({count}, "byte")')


def _operations(model: str) -> Deprecated:
    from mlsysim_core._old_attributes import operations_of  # noqa: PLC0415

    return Deprecated(
        target=lambda: operations_of(_value(f"Models.{model}")),
        use=f"mlsysim.Engine.solve(mlsysim.Models.{model}, hardware).details.flops",
    )


def _device(entry: str, last: str) -> Deprecated:
    field = _OF_DEVICES.get(last) or f"compute.peak.{last.removesuffix('_TENSOR').lower()}"
    return _entry(f"Hardware.{entry}.{field}")


def _model(entry: str, last: str) -> Deprecated:
    return _operations(entry) if last == "FLOPs" else _entry(f"Models.{entry}.{_OF_MODELS[last]}")


DEPRECATED: dict[str, Deprecated] = {
    **{
        f"{first}_{last if last in _OF_DEVICES else f'FLOPS_{last}'}": _device(entry, last)
        for first, (entry, words) in _DEVICES.items()
        for last in words.split()
    },
    **{
        f"{first}_{last}": _model(entry, last)
        for first, (entry, words) in _MODELS.items()
        for last in words.split()
    },
    **{f"{name}_BW": _entry(f"Systems.Fabrics.{to}.bandwidth") for name, to in _FABRICS.items()},
    **{
        f"{name}_BW_GBS": _entry(f"Systems.Fabrics.{to}.bandwidth", "GB/s")
        for name, to in _FABRICS.items()
    },
    **{name: _entry(f"Systems.Links.{link}.bandwidth") for name, link in _LINKS.items()},
    **{
        f"CARBON_{name}_GCO2_KWH": _entry(f"Infra.Grids.{grid}.carbon_intensity", "gCO2e/kWh")
        for name, grid in _GRIDS.items()
    },
    **{name: _unit(unit) for name, unit in _UNITS.items()},
    **{name: Deprecated(target=partial(_number, n), use=n) for name, n in _NUMBERS.items()},
    **{f"BYTES_{name}": _bytes(count) for name, count in _BYTES.items()},
    "Q_": Deprecated(target="mlsysim:Q_", use="from mlsysim import Q_"),
    "ureg": Deprecated(target="mlsysim:ureg", use="from mlsysim import ureg"),
}
"""Name to what it stands for."""

_COSTS = "electricity_price=... of EconomicsModel().solve"
_BUILDING = "operator=... of EconomicsModel().solve, or pue=..."
_FAILING = "failure=... or device_mtbf_hours=... of ReliabilityModel().solve"
_SPARSE = "peaks are dense: mlsysim.Hardware.{}.compute.peak.fp16"

REMOVED: dict[str, str] = {
    **{f"{name}_FLOPS_FP16_SPARSE": _SPARSE.format(name) for name in ("A100", "B200")},
    **dict.fromkeys(("CLOUD_ELECTRICITY_PER_KWH", "DEFAULT_KWH_PRICE"), _COSTS),
    **dict.fromkeys(("PUE_BEST_AIR", "PUE_LEGACY", "PUE_LIQUID_COOLED", "PUE_TYPICAL"), _BUILDING),
    **dict.fromkeys(("WUE_AIR_COOLED", "WUE_EVAPORATIVE", "WUE_LIQUID"), _BUILDING),
    **{
        f"{part}_MTTF_HOURS": _FAILING
        for part in ("CABLE", "GPU", "HBM", "NIC", "PCIE_SWITCH", "PSU", "TOR_SWITCH")
    },
    "DEFAULT_COMPUTE_EFFICIENCY": "Engine.solve without efficiency, which predicts it",
    "FRAMEWORK_LAYER_TAX_MS": "stack=... of Engine.solve",
    "HFU_MFU_RATIO": ".hfu of DistributedModel().solve",
    "KERNEL_LAUNCH_LATENCY_US": "stack=... of Engine.solve",
    "PRECISION_MAP": "mlsysim_core.formats.WIDTH",
}
"""Name to what to write instead."""
