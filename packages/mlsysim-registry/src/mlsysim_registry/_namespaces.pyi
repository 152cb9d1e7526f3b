# ruff: noqa: N815, PLC0105
"""Written by `nox -s registry` from data/. Do not edit."""

import builtins
from collections.abc import Iterator
from typing import Any, Final, Generic, NoReturn, TypeVar

from mlsysim_core.scenario import (
    Scenario,
)
from mlsysim_core.specs import (
    FabricSpec,
    FailureSpec,
    GridSpec,
    HardwareSpec,
    LinkSpec,
    ModelSpec,
    NodeSpec,
    OperatorSpec,
    RackSpec,
    RegionSpec,
    StackSpec,
    StorageSpec,
    SystemSpec,
    TierSpec,
)

__all__ = [
    "Applications",
    "Archetypes",
    "Hardware",
    "Infra",
    "Models",
    "Namespace",
    "Scenarios",
    "Stacks",
    "Systems",
    "Tiers",
]

_Entry = TypeVar("_Entry", covariant=True)

class Namespace(Generic[_Entry]):
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __contains__(self, name: object) -> bool: ...
    def __dir__(self) -> builtins.list[str]: ...
    def __reduce__(self) -> Any: ...
    def __setattr__(self, name: str, value: Any) -> NoReturn: ...
    def __delattr__(self, name: str) -> NoReturn: ...
    def list(self, sort_by: str | None = ..., reverse: bool = ...) -> builtins.list[_Entry]: ...

class _Applications(Namespace[Scenario]):
    AutoDrive: Final[Scenario]
    """Autonomous Vehicle."""
    Chatbot: Final[Scenario]
    """Chatbot Serving."""
    Doorbell: Final[Scenario]
    """Smart Doorbell."""
    Frontier: Final[Scenario]
    """Frontier LLM Training."""
    KWS: Final[Scenario]
    """Keyword Spotting."""
    Workstation: Final[Scenario]
    """Local LLM Fine-tuning."""

class _Archetypes(Namespace[Scenario]):
    AutoDrive: Final[Scenario]
    """Autonomous Vehicle."""
    Cloud_V100: Final[Scenario]
    """Frontier LLM Training."""
    Doorbell: Final[Scenario]
    """Smart Doorbell."""
    Frontier: Final[Scenario]
    """Frontier LLM Training."""
    TinyML_M7: Final[Scenario]
    """Smart Doorbell."""
    Workstation: Final[Scenario]
    """Local LLM Fine-tuning."""

class _HardwareCPU(Namespace[HardwareSpec]):
    AmpereOne_A192: Final[HardwareSpec]
    """AmpereOne A192-32X (192c)."""
    Core_i7_12700H: Final[HardwareSpec]
    """Intel Core i7-12700H (6P + 8E)."""
    Core_i9_10940X: Final[HardwareSpec]
    """Intel Core i9-10940X (Cascade Lake-X, 14c)."""
    Core_i9_13900K: Final[HardwareSpec]
    """Intel Core i9-13900K."""
    EPYC7763: Final[HardwareSpec]
    """AMD EPYC 7763 (Milan, 64c)."""
    EPYC9654: Final[HardwareSpec]
    """AMD EPYC 9654 (Genoa, 96c)."""
    EPYC9755: Final[HardwareSpec]
    """AMD EPYC 9755 (Turin, 128c)."""
    Grace: Final[HardwareSpec]
    """NVIDIA Grace (one 72-core die)."""
    Graviton4: Final[HardwareSpec]
    """AWS Graviton4 (96c)."""
    N150: Final[HardwareSpec]
    """Intel Processor N150 (4 Gracemont cores)."""
    ReferenceCPU: Final[HardwareSpec]
    """Reference CPU (1 TFLOPS fp32)."""
    StrixHalo395_CPU: Final[HardwareSpec]
    """AMD Ryzen AI Max+ 395, CPU only (16 Zen 5 cores)."""
    Xeon6980P: Final[HardwareSpec]
    """Intel Xeon 6980P (Granite Rapids, 128c)."""
    Xeon8275CL_x2: Final[HardwareSpec]
    """AWS EC2 p4d host: 2x Intel Xeon Platinum 8275CL (48c, 96 vCPU)."""
    Xeon8380: Final[HardwareSpec]
    """Intel Xeon Platinum 8380 (Ice Lake, 40c)."""
    Xeon8480Plus: Final[HardwareSpec]
    """Intel Xeon Platinum 8480+ (Sapphire Rapids, 56c)."""
    Xeon8592Plus: Final[HardwareSpec]
    """Intel Xeon Platinum 8592+ (Emerald Rapids, 64c)."""

class _HardwareCloud(Namespace[HardwareSpec]):
    A10: Final[HardwareSpec]
    """NVIDIA A10."""
    A100: Final[HardwareSpec]
    """NVIDIA A100 SXM4 80GB."""
    A100_40GB: Final[HardwareSpec]
    """NVIDIA A100 SXM4 40GB."""
    A100_40GB_PCIe: Final[HardwareSpec]
    """NVIDIA A100 PCIe 40GB."""
    A100_PCIe: Final[HardwareSpec]
    """NVIDIA A100 PCIe 80GB."""
    A10G: Final[HardwareSpec]
    """NVIDIA A10G (AWS G5)."""
    A2: Final[HardwareSpec]
    """NVIDIA A2 16GB."""
    A30: Final[HardwareSpec]
    """NVIDIA A30."""
    A40: Final[HardwareSpec]
    """NVIDIA A40."""
    A800: Final[HardwareSpec]
    """NVIDIA A800 SXM4 80GB."""
    Ascend910B: Final[HardwareSpec]
    """Huawei Ascend 910B."""
    Ascend950DT: Final[HardwareSpec]
    """Huawei Ascend 950DT."""
    B100: Final[HardwareSpec]
    """NVIDIA B100 SXM."""
    B200: Final[HardwareSpec]
    """NVIDIA B200 SXM."""
    B300: Final[HardwareSpec]
    """NVIDIA B300 SXM (Blackwell Ultra)."""
    BowIPU: Final[HardwareSpec]
    """Graphcore Bow IPU."""
    Cerebras_CS1: Final[HardwareSpec]
    """Cerebras WSE-1."""
    Cerebras_CS2: Final[HardwareSpec]
    """Cerebras CS-2 (WSE-2)."""
    Cerebras_CS3: Final[HardwareSpec]
    """Cerebras CS-3 (WSE-3)."""
    CloudAI100Pro: Final[HardwareSpec]
    """Qualcomm Cloud AI 100 Pro (75 W PCIe)."""
    Gaudi2: Final[HardwareSpec]
    """Intel Gaudi 2."""
    Gaudi3: Final[HardwareSpec]
    """Intel Gaudi 3."""
    GB200: Final[HardwareSpec]
    """NVIDIA GB200 (one Blackwell GPU of the superchip)."""
    GB200_NVL72: Final[HardwareSpec]
    """NVIDIA GB200 NVL72 (rack, 72 GPUs + 36 Grace)."""
    GB300: Final[HardwareSpec]
    """NVIDIA GB300 (one GPU)."""
    GC200: Final[HardwareSpec]
    """Graphcore GC200 (IPU Mk2)."""
    GH200_144GB: Final[HardwareSpec]
    """NVIDIA GH200 144GB (GPU part, 141 GB usable)."""
    GH200_96GB: Final[HardwareSpec]
    """NVIDIA GH200 96GB (GPU part)."""
    GroqLPU: Final[HardwareSpec]
    """Groq LPU (GroqChip 1)."""
    H100: Final[HardwareSpec]
    """NVIDIA H100 SXM5 80GB."""
    H100_96GB: Final[HardwareSpec]
    """NVIDIA H100 SXM5 96GB HBM2e (500 W limit)."""
    H100_NVL: Final[HardwareSpec]
    """NVIDIA H100 NVL 94GB."""
    H100_PCIe: Final[HardwareSpec]
    """NVIDIA H100 PCIe 80GB."""
    H20: Final[HardwareSpec]
    """NVIDIA H20 96GB."""
    H200: Final[HardwareSpec]
    """NVIDIA H200 SXM 141GB."""
    H200_NVL: Final[HardwareSpec]
    """NVIDIA H200 NVL."""
    H800: Final[HardwareSpec]
    """NVIDIA H800 SXM 80GB."""
    Inferentia1: Final[HardwareSpec]
    """AWS Inferentia."""
    Inferentia2: Final[HardwareSpec]
    """AWS Inferentia2."""
    L4: Final[HardwareSpec]
    """NVIDIA L4."""
    L40: Final[HardwareSpec]
    """NVIDIA L40."""
    L40S: Final[HardwareSpec]
    """NVIDIA L40S."""
    MI100: Final[HardwareSpec]
    """AMD Instinct MI100."""
    MI210: Final[HardwareSpec]
    """AMD Instinct MI210."""
    MI250: Final[HardwareSpec]
    """AMD Instinct MI250."""
    MI250X: Final[HardwareSpec]
    """AMD Instinct MI250X."""
    MI250X_GCD: Final[HardwareSpec]
    """AMD Instinct MI250X, one GCD."""
    MI300A: Final[HardwareSpec]
    """AMD Instinct MI300A."""
    MI300X: Final[HardwareSpec]
    """AMD Instinct MI300X."""
    MI325X: Final[HardwareSpec]
    """AMD Instinct MI325X."""
    MI350X: Final[HardwareSpec]
    """AMD Instinct MI350X."""
    MI355X: Final[HardwareSpec]
    """AMD Instinct MI355X."""
    MI455X: Final[HardwareSpec]
    """AMD Instinct MI455X."""
    P100: Final[HardwareSpec]
    """NVIDIA Tesla P100 SXM2 16GB."""
    PonteVecchio1550: Final[HardwareSpec]
    """Intel Data Center GPU Max 1550."""
    RTXPro6000_Server: Final[HardwareSpec]
    """NVIDIA RTX PRO 6000 Blackwell Server Edition."""
    Rubin: Final[HardwareSpec]
    """NVIDIA Rubin (VR200, one package)."""
    SN40L: Final[HardwareSpec]
    """SambaNova SN40L RDU."""
    T4: Final[HardwareSpec]
    """NVIDIA T4."""
    TPUv1: Final[HardwareSpec]
    """Google TPU v1."""
    TPUv2: Final[HardwareSpec]
    """Google TPU v2."""
    TPUv3: Final[HardwareSpec]
    """Google TPU v3."""
    TPUv4: Final[HardwareSpec]
    """Google TPU v4."""
    TPUv4i: Final[HardwareSpec]
    """Google TPU v4i."""
    TPUv5e: Final[HardwareSpec]
    """Google TPU v5e."""
    TPUv5p: Final[HardwareSpec]
    """Google TPU v5p."""
    TPUv6: Final[HardwareSpec]
    """Google TPU v6e (Trillium)."""
    TPUv7: Final[HardwareSpec]
    """Google TPU7x (Ironwood)."""
    Trainium1: Final[HardwareSpec]
    """AWS Trainium."""
    Trainium2: Final[HardwareSpec]
    """AWS Trainium2."""
    Trainium3: Final[HardwareSpec]
    """AWS Trainium3."""
    V100: Final[HardwareSpec]
    """NVIDIA V100 SXM2 32GB."""
    V100_16GB: Final[HardwareSpec]
    """NVIDIA V100 SXM2 16GB."""
    V100_16GB_PCIe: Final[HardwareSpec]
    """NVIDIA V100 PCIe 16GB."""
    V100_PCIe: Final[HardwareSpec]
    """NVIDIA V100 PCIe."""
    V100_SXM3: Final[HardwareSpec]
    """NVIDIA V100 SXM3 32GB (DGX-2)."""
    V100S: Final[HardwareSpec]
    """NVIDIA V100S PCIe."""

class _HardwareEdge(Namespace[HardwareSpec]):
    Coral: Final[HardwareSpec]
    """Google Coral Edge TPU."""
    GenericServer: Final[HardwareSpec]
    """Generic edge server (reference node)."""
    Hailo8: Final[HardwareSpec]
    """Hailo-8."""
    JetsonAGXOrin: Final[HardwareSpec]
    """NVIDIA Jetson AGX Orin 64GB."""
    JetsonAGXThor: Final[HardwareSpec]
    """NVIDIA Jetson AGX Thor T5000."""
    JetsonAGXXavier: Final[HardwareSpec]
    """NVIDIA Jetson AGX Xavier."""
    JetsonNano: Final[HardwareSpec]
    """NVIDIA Jetson Nano 4GB."""
    JetsonOrinNano: Final[HardwareSpec]
    """NVIDIA Jetson Orin Nano 8GB."""
    JetsonOrinNanoSuper: Final[HardwareSpec]
    """NVIDIA Jetson Orin Nano Super 8GB."""
    JetsonOrinNX: Final[HardwareSpec]
    """NVIDIA Jetson Orin NX 16GB."""
    JetsonTX2: Final[HardwareSpec]
    """NVIDIA Jetson TX2."""
    JetsonXavierNX: Final[HardwareSpec]
    """NVIDIA Jetson Xavier NX."""
    MyriadX: Final[HardwareSpec]
    """Intel Movidius Myriad X (NCS2)."""
    NUC_Movidius: Final[HardwareSpec]
    """Intel NUC + Movidius NCS2 (reference node)."""
    RaspberryPi4: Final[HardwareSpec]
    """Raspberry Pi 4 (BCM2711)."""
    RaspberryPi5: Final[HardwareSpec]
    """Raspberry Pi 5 (BCM2712)."""
    Generic_Phone: Final[HardwareSpec]
    """Apple A17 Pro (iPhone 15 Pro)."""

class _HardwareMobile(Namespace[HardwareSpec]):
    iPhone15Pro: Final[HardwareSpec]
    """Apple A17 Pro (iPhone 15 Pro)."""
    iPhone16: Final[HardwareSpec]
    """Apple A18."""
    iPhone16Pro: Final[HardwareSpec]
    """Apple A18 Pro (iPhone 16 Pro)."""
    Pixel8: Final[HardwareSpec]
    """Google Tensor G3 (Pixel 8)."""
    Pixel9: Final[HardwareSpec]
    """Google Tensor G4 (Pixel 9)."""
    Snapdragon8Elite: Final[HardwareSpec]
    """Qualcomm Snapdragon 8 Elite."""
    Snapdragon8Gen2: Final[HardwareSpec]
    """Qualcomm Snapdragon 8 Gen 2."""
    Snapdragon8Gen3: Final[HardwareSpec]
    """Qualcomm Snapdragon 8 Gen 3."""

class _HardwareNetworks(Namespace[FabricSpec]):
    EFA_v2: Final[FabricSpec]
    """AWS EFA v2 (32x100)."""
    Ethernet_100G: Final[FabricSpec]
    """100GbE."""
    Ethernet_10G: Final[FabricSpec]
    """10GbE."""
    Ethernet_25G: Final[FabricSpec]
    """25 GbE."""
    InfiniBand_EDR: Final[FabricSpec]
    """InfiniBand EDR."""
    InfiniBand_GDR: Final[FabricSpec]
    """InfiniBand GDR (roadmap)."""
    InfiniBand_HDR: Final[FabricSpec]
    """IB HDR."""
    InfiniBand_NDR: Final[FabricSpec]
    """IB NDR."""
    InfiniBand_XDR: Final[FabricSpec]
    """InfiniBand XDR."""
    RoCE_100G: Final[FabricSpec]
    """100 GbE RoCE v2."""
    RoCE_400G: Final[FabricSpec]
    """400 GbE RoCE v2."""
    RoCE_800G: Final[FabricSpec]
    """800 GbE (Spectrum-4 SN5600: 64 ports, 51.2 Tb/s)."""
    Slingshot_11: Final[FabricSpec]
    """HPE Slingshot 11."""

class _HardwareTiny(Namespace[HardwareSpec]):
    AlifEnsembleE7: Final[HardwareSpec]
    """Alif Ensemble E7 (M55 + U55)."""
    AndesD25F: Final[HardwareSpec]
    """Andes D25F on FPGA (RV32 IMACP)."""
    AndesD45: Final[HardwareSpec]
    """Andes D45 on FPGA (RV32 IMACP)."""
    ArduinoNano33BLE: Final[HardwareSpec]
    """Arduino Nano 33 BLE Sense (nRF52840)."""
    Corstone_M55_U55: Final[HardwareSpec]
    """Arm Cortex-M55 + Ethos-U55-128 (reference)."""
    EFR32MG24: Final[HardwareSpec]
    """Silicon Labs EFR32MG24 (Cortex-M33 + MVP accelerator)."""
    ESP32: Final[HardwareSpec]
    """Espressif ESP32 (2x Xtensa LX6)."""
    ESP32_S3: Final[HardwareSpec]
    """Espressif ESP32-S3 (2x Xtensa LX7 + PIE SIMD)."""
    GAP9: Final[HardwareSpec]
    """GreenWaves GAP9."""
    HimaxWE1: Final[HardwareSpec]
    """Himax WE-I Plus (ARC EM9D DSP)."""
    HimaxWE2: Final[HardwareSpec]
    """Himax WE2 (Cortex-M55 + Ethos-U55)."""
    MAX78000: Final[HardwareSpec]
    """Analog Devices MAX78000 (Cortex-M4F + CNN accelerator)."""
    NDP120: Final[HardwareSpec]
    """Syntiant NDP120."""
    nRF52840: Final[HardwareSpec]
    """Nordic nRF52840 (Cortex-M4F)."""
    nRF5340: Final[HardwareSpec]
    """Nordic nRF5340 (Cortex-M33)."""
    NuMaker_M467: Final[HardwareSpec]
    """Nuvoton M467 NuMaker-M467HJ (Cortex-M4F)."""
    PSoC62: Final[HardwareSpec]
    """Infineon PSoC 62 CY8CPROTO-062-4343W (Cortex-M4F)."""
    RA6M4: Final[HardwareSpec]
    """Renesas RA6M4 EK-RA6M4 (Cortex-M33)."""
    RA8D1: Final[HardwareSpec]
    """Renesas RA8D1 EK-RA8D1 (Cortex-M85, Helium)."""
    RH850_F1KMS4: Final[HardwareSpec]
    """Renesas RH850/F1KM-S4 (G3KH core)."""
    RP2040: Final[HardwareSpec]
    """Raspberry Pi RP2040 (2x Cortex-M0+)."""
    RP2350: Final[HardwareSpec]
    """Raspberry Pi RP2350 (2x Cortex-M33)."""
    RX65N: Final[HardwareSpec]
    """Renesas RX65N Cloud Kit (RXv2)."""
    STM32F407: Final[HardwareSpec]
    """STM32F407 (Cortex-M4F)."""
    STM32F446: Final[HardwareSpec]
    """STM32F446RE Nucleo (Cortex-M4F)."""
    STM32F746: Final[HardwareSpec]
    """STM32F746G-DISCO (Cortex-M7)."""
    STM32G0B1: Final[HardwareSpec]
    """STM32G0B1RE Nucleo (Cortex-M0+)."""
    STM32H743: Final[HardwareSpec]
    """STM32H743ZI Nucleo (Cortex-M7)."""
    STM32H7A3: Final[HardwareSpec]
    """STM32H7A3ZI-Q Nucleo (Cortex-M7)."""
    STM32L4R5: Final[HardwareSpec]
    """STM32L4R5ZI Nucleo (Cortex-M4F)."""
    STM32U575: Final[HardwareSpec]
    """STM32U575ZI-Q Nucleo (Cortex-M33)."""
    STM32U585: Final[HardwareSpec]
    """STM32U585AI B-U585I-IOT02A (Cortex-M33)."""

class _HardwareWorkstation(Namespace[HardwareSpec]):
    AppleM1: Final[HardwareSpec]
    """Apple M1."""
    AppleM1_7Core: Final[HardwareSpec]
    """Apple M1 (7-core GPU)."""
    AppleM1_8Core: Final[HardwareSpec]
    """Apple M1 (8-core GPU)."""
    AppleM1Max: Final[HardwareSpec]
    """Apple M1 Max."""
    AppleM1Max_24Core: Final[HardwareSpec]
    """Apple M1 Max (24-core GPU)."""
    AppleM1Max_32Core: Final[HardwareSpec]
    """Apple M1 Max (32-core GPU)."""
    AppleM1Pro: Final[HardwareSpec]
    """Apple M1 Pro."""
    AppleM1Pro_14Core: Final[HardwareSpec]
    """Apple M1 Pro (14-core GPU)."""
    AppleM1Pro_16Core: Final[HardwareSpec]
    """Apple M1 Pro (16-core GPU)."""
    AppleM1Ultra: Final[HardwareSpec]
    """Apple M1 Ultra."""
    AppleM1Ultra_48Core: Final[HardwareSpec]
    """Apple M1 Ultra (48-core GPU)."""
    AppleM1Ultra_64Core: Final[HardwareSpec]
    """Apple M1 Ultra (64-core GPU)."""
    AppleM2: Final[HardwareSpec]
    """Apple M2."""
    AppleM2_10Core: Final[HardwareSpec]
    """Apple M2 (10-core GPU)."""
    AppleM2_8Core: Final[HardwareSpec]
    """Apple M2 (8-core GPU)."""
    AppleM2Max: Final[HardwareSpec]
    """Apple M2 Max."""
    AppleM2Max_30Core: Final[HardwareSpec]
    """Apple M2 Max (30-core GPU)."""
    AppleM2Max_38Core: Final[HardwareSpec]
    """Apple M2 Max (38-core GPU)."""
    AppleM2Pro: Final[HardwareSpec]
    """Apple M2 Pro."""
    AppleM2Pro_16Core: Final[HardwareSpec]
    """Apple M2 Pro (16-core GPU)."""
    AppleM2Pro_19Core: Final[HardwareSpec]
    """Apple M2 Pro (19-core GPU)."""
    AppleM2Ultra: Final[HardwareSpec]
    """Apple M2 Ultra."""
    AppleM2Ultra_60Core: Final[HardwareSpec]
    """Apple M2 Ultra (60-core GPU)."""
    AppleM2Ultra_76Core: Final[HardwareSpec]
    """Apple M2 Ultra (76-core GPU)."""
    AppleM3: Final[HardwareSpec]
    """Apple M3."""
    AppleM3_10Core: Final[HardwareSpec]
    """Apple M3 (10-core GPU)."""
    AppleM3Max_30Core: Final[HardwareSpec]
    """Apple M3 Max (30-core GPU)."""
    AppleM3Max_40Core: Final[HardwareSpec]
    """Apple M3 Max (40-core GPU)."""
    AppleM3Pro: Final[HardwareSpec]
    """Apple M3 Pro."""
    AppleM3Pro_14Core: Final[HardwareSpec]
    """Apple M3 Pro (14-core GPU)."""
    AppleM3Pro_18Core: Final[HardwareSpec]
    """Apple M3 Pro (18-core GPU)."""
    AppleM3Ultra: Final[HardwareSpec]
    """Apple M3 Ultra."""
    AppleM3Ultra_60Core: Final[HardwareSpec]
    """Apple M3 Ultra (60-core GPU)."""
    AppleM3Ultra_80Core: Final[HardwareSpec]
    """Apple M3 Ultra (80-core GPU)."""
    AppleM4: Final[HardwareSpec]
    """Apple M4."""
    AppleM4_10Core: Final[HardwareSpec]
    """Apple M4 (10-core GPU)."""
    AppleM4Max: Final[HardwareSpec]
    """Apple M4 Max."""
    AppleM4Max_32Core: Final[HardwareSpec]
    """Apple M4 Max (32-core GPU)."""
    AppleM4Max_40Core: Final[HardwareSpec]
    """Apple M4 Max (40-core GPU)."""
    AppleM4Pro: Final[HardwareSpec]
    """Apple M4 Pro."""
    AppleM4Pro_16Core: Final[HardwareSpec]
    """Apple M4 Pro (16-core GPU)."""
    AppleM4Pro_20Core: Final[HardwareSpec]
    """Apple M4 Pro (20-core GPU)."""
    AppleM5: Final[HardwareSpec]
    """Apple M5."""
    ArcA770: Final[HardwareSpec]
    """Intel Arc A770 16GB."""
    ArcB580: Final[HardwareSpec]
    """Intel Arc B580."""
    ArcProB60: Final[HardwareSpec]
    """Intel Arc Pro B60 24GB."""
    ArcProB60_Dual: Final[HardwareSpec]
    """Intel Arc Pro B60 Dual 48GB (two GPUs on one card)."""
    Blackhole_P150: Final[HardwareSpec]
    """Tenstorrent Blackhole p150."""
    DGX_Spark: Final[HardwareSpec]
    """NVIDIA DGX Spark (GB10)."""
    MacBookM3Max: Final[HardwareSpec]
    """Apple M3 Max (40-core GPU)."""
    QuadroRTX8000: Final[HardwareSpec]
    """NVIDIA Quadro RTX 8000."""
    RadeonR9700: Final[HardwareSpec]
    """AMD Radeon AI PRO R9700."""
    RTX2080Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 2080 Ti."""
    RTX3060: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3060 12GB."""
    RTX3070: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3070."""
    RTX3080: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3080 10GB."""
    RTX3080Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3080 Ti."""
    RTX3090: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3090."""
    RTX3090Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3090 Ti."""
    RTX4000Ada: Final[HardwareSpec]
    """NVIDIA RTX 4000 Ada."""
    RTX4070Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 4070 Ti."""
    RTX4080: Final[HardwareSpec]
    """NVIDIA GeForce RTX 4080."""
    RTX4080Super: Final[HardwareSpec]
    """NVIDIA GeForce RTX 4080 SUPER."""
    RTX4090: Final[HardwareSpec]
    """NVIDIA GeForce RTX 4090."""
    RTX5000Ada: Final[HardwareSpec]
    """NVIDIA RTX 5000 Ada."""
    RTX5060Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 5060 Ti 16GB."""
    RTX5070Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 5070 Ti."""
    RTX5080: Final[HardwareSpec]
    """NVIDIA GeForce RTX 5080."""
    RTX5090: Final[HardwareSpec]
    """NVIDIA GeForce RTX 5090."""
    RTX6000Ada: Final[HardwareSpec]
    """NVIDIA RTX 6000 Ada."""
    RTXA4000: Final[HardwareSpec]
    """NVIDIA RTX A4000."""
    RTXA6000: Final[HardwareSpec]
    """NVIDIA RTX A6000."""
    RTXPro6000: Final[HardwareSpec]
    """NVIDIA RTX PRO 6000 Blackwell."""
    RTXPro6000_MaxQ: Final[HardwareSpec]
    """NVIDIA RTX PRO 6000 Blackwell Max-Q."""
    RX6900XT: Final[HardwareSpec]
    """AMD Radeon RX 6900 XT."""
    RX7900XT: Final[HardwareSpec]
    """AMD Radeon RX 7900 XT."""
    RX7900XTX: Final[HardwareSpec]
    """AMD Radeon RX 7900 XTX."""
    RX9070: Final[HardwareSpec]
    """AMD Radeon RX 9070."""
    RX9070XT: Final[HardwareSpec]
    """AMD Radeon RX 9070 XT."""
    SnapdragonXElite: Final[HardwareSpec]
    """Qualcomm Snapdragon X Elite."""
    StrixHalo395: Final[HardwareSpec]
    """AMD Ryzen AI Max+ 395, Radeon 8060S GPU (128 GB)."""
    Wormhole_N150: Final[HardwareSpec]
    """Tenstorrent Wormhole n150."""
    Wormhole_N300: Final[HardwareSpec]
    """Tenstorrent Wormhole n300."""

class _Hardware(Namespace[HardwareSpec]):
    CPU: Final[_HardwareCPU]
    Cloud: Final[_HardwareCloud]
    Edge: Final[_HardwareEdge]
    Mobile: Final[_HardwareMobile]
    Networks: Final[_HardwareNetworks]
    Tiny: Final[_HardwareTiny]
    Workstation: Final[_HardwareWorkstation]
    A10: Final[HardwareSpec]
    """NVIDIA A10."""
    A100: Final[HardwareSpec]
    """NVIDIA A100 SXM4 80GB."""
    A100_40GB: Final[HardwareSpec]
    """NVIDIA A100 SXM4 40GB."""
    A100_40GB_PCIe: Final[HardwareSpec]
    """NVIDIA A100 PCIe 40GB."""
    A100_PCIe: Final[HardwareSpec]
    """NVIDIA A100 PCIe 80GB."""
    A10G: Final[HardwareSpec]
    """NVIDIA A10G (AWS G5)."""
    A2: Final[HardwareSpec]
    """NVIDIA A2 16GB."""
    A30: Final[HardwareSpec]
    """NVIDIA A30."""
    A40: Final[HardwareSpec]
    """NVIDIA A40."""
    A800: Final[HardwareSpec]
    """NVIDIA A800 SXM4 80GB."""
    AlifEnsembleE7: Final[HardwareSpec]
    """Alif Ensemble E7 (M55 + U55)."""
    AmpereOne_A192: Final[HardwareSpec]
    """AmpereOne A192-32X (192c)."""
    AndesD25F: Final[HardwareSpec]
    """Andes D25F on FPGA (RV32 IMACP)."""
    AndesD45: Final[HardwareSpec]
    """Andes D45 on FPGA (RV32 IMACP)."""
    AppleM1: Final[HardwareSpec]
    """Apple M1."""
    AppleM1_7Core: Final[HardwareSpec]
    """Apple M1 (7-core GPU)."""
    AppleM1_8Core: Final[HardwareSpec]
    """Apple M1 (8-core GPU)."""
    AppleM1Max: Final[HardwareSpec]
    """Apple M1 Max."""
    AppleM1Max_24Core: Final[HardwareSpec]
    """Apple M1 Max (24-core GPU)."""
    AppleM1Max_32Core: Final[HardwareSpec]
    """Apple M1 Max (32-core GPU)."""
    AppleM1Pro: Final[HardwareSpec]
    """Apple M1 Pro."""
    AppleM1Pro_14Core: Final[HardwareSpec]
    """Apple M1 Pro (14-core GPU)."""
    AppleM1Pro_16Core: Final[HardwareSpec]
    """Apple M1 Pro (16-core GPU)."""
    AppleM1Ultra: Final[HardwareSpec]
    """Apple M1 Ultra."""
    AppleM1Ultra_48Core: Final[HardwareSpec]
    """Apple M1 Ultra (48-core GPU)."""
    AppleM1Ultra_64Core: Final[HardwareSpec]
    """Apple M1 Ultra (64-core GPU)."""
    AppleM2: Final[HardwareSpec]
    """Apple M2."""
    AppleM2_10Core: Final[HardwareSpec]
    """Apple M2 (10-core GPU)."""
    AppleM2_8Core: Final[HardwareSpec]
    """Apple M2 (8-core GPU)."""
    AppleM2Max: Final[HardwareSpec]
    """Apple M2 Max."""
    AppleM2Max_30Core: Final[HardwareSpec]
    """Apple M2 Max (30-core GPU)."""
    AppleM2Max_38Core: Final[HardwareSpec]
    """Apple M2 Max (38-core GPU)."""
    AppleM2Pro: Final[HardwareSpec]
    """Apple M2 Pro."""
    AppleM2Pro_16Core: Final[HardwareSpec]
    """Apple M2 Pro (16-core GPU)."""
    AppleM2Pro_19Core: Final[HardwareSpec]
    """Apple M2 Pro (19-core GPU)."""
    AppleM2Ultra: Final[HardwareSpec]
    """Apple M2 Ultra."""
    AppleM2Ultra_60Core: Final[HardwareSpec]
    """Apple M2 Ultra (60-core GPU)."""
    AppleM2Ultra_76Core: Final[HardwareSpec]
    """Apple M2 Ultra (76-core GPU)."""
    AppleM3: Final[HardwareSpec]
    """Apple M3."""
    AppleM3_10Core: Final[HardwareSpec]
    """Apple M3 (10-core GPU)."""
    AppleM3Max_30Core: Final[HardwareSpec]
    """Apple M3 Max (30-core GPU)."""
    AppleM3Max_40Core: Final[HardwareSpec]
    """Apple M3 Max (40-core GPU)."""
    AppleM3Pro: Final[HardwareSpec]
    """Apple M3 Pro."""
    AppleM3Pro_14Core: Final[HardwareSpec]
    """Apple M3 Pro (14-core GPU)."""
    AppleM3Pro_18Core: Final[HardwareSpec]
    """Apple M3 Pro (18-core GPU)."""
    AppleM3Ultra: Final[HardwareSpec]
    """Apple M3 Ultra."""
    AppleM3Ultra_60Core: Final[HardwareSpec]
    """Apple M3 Ultra (60-core GPU)."""
    AppleM3Ultra_80Core: Final[HardwareSpec]
    """Apple M3 Ultra (80-core GPU)."""
    AppleM4: Final[HardwareSpec]
    """Apple M4."""
    AppleM4_10Core: Final[HardwareSpec]
    """Apple M4 (10-core GPU)."""
    AppleM4Max: Final[HardwareSpec]
    """Apple M4 Max."""
    AppleM4Max_32Core: Final[HardwareSpec]
    """Apple M4 Max (32-core GPU)."""
    AppleM4Max_40Core: Final[HardwareSpec]
    """Apple M4 Max (40-core GPU)."""
    AppleM4Pro: Final[HardwareSpec]
    """Apple M4 Pro."""
    AppleM4Pro_16Core: Final[HardwareSpec]
    """Apple M4 Pro (16-core GPU)."""
    AppleM4Pro_20Core: Final[HardwareSpec]
    """Apple M4 Pro (20-core GPU)."""
    AppleM5: Final[HardwareSpec]
    """Apple M5."""
    ArcA770: Final[HardwareSpec]
    """Intel Arc A770 16GB."""
    ArcB580: Final[HardwareSpec]
    """Intel Arc B580."""
    ArcProB60: Final[HardwareSpec]
    """Intel Arc Pro B60 24GB."""
    ArcProB60_Dual: Final[HardwareSpec]
    """Intel Arc Pro B60 Dual 48GB (two GPUs on one card)."""
    ArduinoNano33BLE: Final[HardwareSpec]
    """Arduino Nano 33 BLE Sense (nRF52840)."""
    Ascend910B: Final[HardwareSpec]
    """Huawei Ascend 910B."""
    Ascend950DT: Final[HardwareSpec]
    """Huawei Ascend 950DT."""
    B100: Final[HardwareSpec]
    """NVIDIA B100 SXM."""
    B200: Final[HardwareSpec]
    """NVIDIA B200 SXM."""
    B300: Final[HardwareSpec]
    """NVIDIA B300 SXM (Blackwell Ultra)."""
    Blackhole_P150: Final[HardwareSpec]
    """Tenstorrent Blackhole p150."""
    BowIPU: Final[HardwareSpec]
    """Graphcore Bow IPU."""
    Cerebras_CS1: Final[HardwareSpec]
    """Cerebras WSE-1."""
    Cerebras_CS2: Final[HardwareSpec]
    """Cerebras CS-2 (WSE-2)."""
    Cerebras_CS3: Final[HardwareSpec]
    """Cerebras CS-3 (WSE-3)."""
    CloudAI100Pro: Final[HardwareSpec]
    """Qualcomm Cloud AI 100 Pro (75 W PCIe)."""
    Coral: Final[HardwareSpec]
    """Google Coral Edge TPU."""
    Core_i7_12700H: Final[HardwareSpec]
    """Intel Core i7-12700H (6P + 8E)."""
    Core_i9_10940X: Final[HardwareSpec]
    """Intel Core i9-10940X (Cascade Lake-X, 14c)."""
    Core_i9_13900K: Final[HardwareSpec]
    """Intel Core i9-13900K."""
    Corstone_M55_U55: Final[HardwareSpec]
    """Arm Cortex-M55 + Ethos-U55-128 (reference)."""
    DGX_Spark: Final[HardwareSpec]
    """NVIDIA DGX Spark (GB10)."""
    EFR32MG24: Final[HardwareSpec]
    """Silicon Labs EFR32MG24 (Cortex-M33 + MVP accelerator)."""
    EPYC7763: Final[HardwareSpec]
    """AMD EPYC 7763 (Milan, 64c)."""
    EPYC9654: Final[HardwareSpec]
    """AMD EPYC 9654 (Genoa, 96c)."""
    EPYC9755: Final[HardwareSpec]
    """AMD EPYC 9755 (Turin, 128c)."""
    ESP32: Final[HardwareSpec]
    """Espressif ESP32 (2x Xtensa LX6)."""
    ESP32_S3: Final[HardwareSpec]
    """Espressif ESP32-S3 (2x Xtensa LX7 + PIE SIMD)."""
    GAP9: Final[HardwareSpec]
    """GreenWaves GAP9."""
    Gaudi2: Final[HardwareSpec]
    """Intel Gaudi 2."""
    Gaudi3: Final[HardwareSpec]
    """Intel Gaudi 3."""
    GB200: Final[HardwareSpec]
    """NVIDIA GB200 (one Blackwell GPU of the superchip)."""
    GB200_NVL72: Final[HardwareSpec]
    """NVIDIA GB200 NVL72 (rack, 72 GPUs + 36 Grace)."""
    GB300: Final[HardwareSpec]
    """NVIDIA GB300 (one GPU)."""
    GC200: Final[HardwareSpec]
    """Graphcore GC200 (IPU Mk2)."""
    GenericServer: Final[HardwareSpec]
    """Generic edge server (reference node)."""
    GH200_144GB: Final[HardwareSpec]
    """NVIDIA GH200 144GB (GPU part, 141 GB usable)."""
    GH200_96GB: Final[HardwareSpec]
    """NVIDIA GH200 96GB (GPU part)."""
    Grace: Final[HardwareSpec]
    """NVIDIA Grace (one 72-core die)."""
    Graviton4: Final[HardwareSpec]
    """AWS Graviton4 (96c)."""
    GroqLPU: Final[HardwareSpec]
    """Groq LPU (GroqChip 1)."""
    H100: Final[HardwareSpec]
    """NVIDIA H100 SXM5 80GB."""
    H100_96GB: Final[HardwareSpec]
    """NVIDIA H100 SXM5 96GB HBM2e (500 W limit)."""
    H100_NVL: Final[HardwareSpec]
    """NVIDIA H100 NVL 94GB."""
    H100_PCIe: Final[HardwareSpec]
    """NVIDIA H100 PCIe 80GB."""
    H20: Final[HardwareSpec]
    """NVIDIA H20 96GB."""
    H200: Final[HardwareSpec]
    """NVIDIA H200 SXM 141GB."""
    H200_NVL: Final[HardwareSpec]
    """NVIDIA H200 NVL."""
    H800: Final[HardwareSpec]
    """NVIDIA H800 SXM 80GB."""
    Hailo8: Final[HardwareSpec]
    """Hailo-8."""
    HimaxWE1: Final[HardwareSpec]
    """Himax WE-I Plus (ARC EM9D DSP)."""
    HimaxWE2: Final[HardwareSpec]
    """Himax WE2 (Cortex-M55 + Ethos-U55)."""
    Inferentia1: Final[HardwareSpec]
    """AWS Inferentia."""
    Inferentia2: Final[HardwareSpec]
    """AWS Inferentia2."""
    iPhone15Pro: Final[HardwareSpec]
    """Apple A17 Pro (iPhone 15 Pro)."""
    iPhone16: Final[HardwareSpec]
    """Apple A18."""
    iPhone16Pro: Final[HardwareSpec]
    """Apple A18 Pro (iPhone 16 Pro)."""
    JetsonAGXOrin: Final[HardwareSpec]
    """NVIDIA Jetson AGX Orin 64GB."""
    JetsonAGXThor: Final[HardwareSpec]
    """NVIDIA Jetson AGX Thor T5000."""
    JetsonAGXXavier: Final[HardwareSpec]
    """NVIDIA Jetson AGX Xavier."""
    JetsonNano: Final[HardwareSpec]
    """NVIDIA Jetson Nano 4GB."""
    JetsonOrinNano: Final[HardwareSpec]
    """NVIDIA Jetson Orin Nano 8GB."""
    JetsonOrinNanoSuper: Final[HardwareSpec]
    """NVIDIA Jetson Orin Nano Super 8GB."""
    JetsonOrinNX: Final[HardwareSpec]
    """NVIDIA Jetson Orin NX 16GB."""
    JetsonTX2: Final[HardwareSpec]
    """NVIDIA Jetson TX2."""
    JetsonXavierNX: Final[HardwareSpec]
    """NVIDIA Jetson Xavier NX."""
    L4: Final[HardwareSpec]
    """NVIDIA L4."""
    L40: Final[HardwareSpec]
    """NVIDIA L40."""
    L40S: Final[HardwareSpec]
    """NVIDIA L40S."""
    MacBookM3Max: Final[HardwareSpec]
    """Apple M3 Max (40-core GPU)."""
    MAX78000: Final[HardwareSpec]
    """Analog Devices MAX78000 (Cortex-M4F + CNN accelerator)."""
    MI100: Final[HardwareSpec]
    """AMD Instinct MI100."""
    MI210: Final[HardwareSpec]
    """AMD Instinct MI210."""
    MI250: Final[HardwareSpec]
    """AMD Instinct MI250."""
    MI250X: Final[HardwareSpec]
    """AMD Instinct MI250X."""
    MI250X_GCD: Final[HardwareSpec]
    """AMD Instinct MI250X, one GCD."""
    MI300A: Final[HardwareSpec]
    """AMD Instinct MI300A."""
    MI300X: Final[HardwareSpec]
    """AMD Instinct MI300X."""
    MI325X: Final[HardwareSpec]
    """AMD Instinct MI325X."""
    MI350X: Final[HardwareSpec]
    """AMD Instinct MI350X."""
    MI355X: Final[HardwareSpec]
    """AMD Instinct MI355X."""
    MI455X: Final[HardwareSpec]
    """AMD Instinct MI455X."""
    MyriadX: Final[HardwareSpec]
    """Intel Movidius Myriad X (NCS2)."""
    N150: Final[HardwareSpec]
    """Intel Processor N150 (4 Gracemont cores)."""
    NDP120: Final[HardwareSpec]
    """Syntiant NDP120."""
    nRF52840: Final[HardwareSpec]
    """Nordic nRF52840 (Cortex-M4F)."""
    nRF5340: Final[HardwareSpec]
    """Nordic nRF5340 (Cortex-M33)."""
    NUC_Movidius: Final[HardwareSpec]
    """Intel NUC + Movidius NCS2 (reference node)."""
    NuMaker_M467: Final[HardwareSpec]
    """Nuvoton M467 NuMaker-M467HJ (Cortex-M4F)."""
    P100: Final[HardwareSpec]
    """NVIDIA Tesla P100 SXM2 16GB."""
    Pixel8: Final[HardwareSpec]
    """Google Tensor G3 (Pixel 8)."""
    Pixel9: Final[HardwareSpec]
    """Google Tensor G4 (Pixel 9)."""
    PonteVecchio1550: Final[HardwareSpec]
    """Intel Data Center GPU Max 1550."""
    PSoC62: Final[HardwareSpec]
    """Infineon PSoC 62 CY8CPROTO-062-4343W (Cortex-M4F)."""
    QuadroRTX8000: Final[HardwareSpec]
    """NVIDIA Quadro RTX 8000."""
    RA6M4: Final[HardwareSpec]
    """Renesas RA6M4 EK-RA6M4 (Cortex-M33)."""
    RA8D1: Final[HardwareSpec]
    """Renesas RA8D1 EK-RA8D1 (Cortex-M85, Helium)."""
    RadeonR9700: Final[HardwareSpec]
    """AMD Radeon AI PRO R9700."""
    RaspberryPi4: Final[HardwareSpec]
    """Raspberry Pi 4 (BCM2711)."""
    RaspberryPi5: Final[HardwareSpec]
    """Raspberry Pi 5 (BCM2712)."""
    ReferenceCPU: Final[HardwareSpec]
    """Reference CPU (1 TFLOPS fp32)."""
    RH850_F1KMS4: Final[HardwareSpec]
    """Renesas RH850/F1KM-S4 (G3KH core)."""
    RP2040: Final[HardwareSpec]
    """Raspberry Pi RP2040 (2x Cortex-M0+)."""
    RP2350: Final[HardwareSpec]
    """Raspberry Pi RP2350 (2x Cortex-M33)."""
    RTX2080Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 2080 Ti."""
    RTX3060: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3060 12GB."""
    RTX3070: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3070."""
    RTX3080: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3080 10GB."""
    RTX3080Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3080 Ti."""
    RTX3090: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3090."""
    RTX3090Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 3090 Ti."""
    RTX4000Ada: Final[HardwareSpec]
    """NVIDIA RTX 4000 Ada."""
    RTX4070Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 4070 Ti."""
    RTX4080: Final[HardwareSpec]
    """NVIDIA GeForce RTX 4080."""
    RTX4080Super: Final[HardwareSpec]
    """NVIDIA GeForce RTX 4080 SUPER."""
    RTX4090: Final[HardwareSpec]
    """NVIDIA GeForce RTX 4090."""
    RTX5000Ada: Final[HardwareSpec]
    """NVIDIA RTX 5000 Ada."""
    RTX5060Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 5060 Ti 16GB."""
    RTX5070Ti: Final[HardwareSpec]
    """NVIDIA GeForce RTX 5070 Ti."""
    RTX5080: Final[HardwareSpec]
    """NVIDIA GeForce RTX 5080."""
    RTX5090: Final[HardwareSpec]
    """NVIDIA GeForce RTX 5090."""
    RTX6000Ada: Final[HardwareSpec]
    """NVIDIA RTX 6000 Ada."""
    RTXA4000: Final[HardwareSpec]
    """NVIDIA RTX A4000."""
    RTXA6000: Final[HardwareSpec]
    """NVIDIA RTX A6000."""
    RTXPro6000: Final[HardwareSpec]
    """NVIDIA RTX PRO 6000 Blackwell."""
    RTXPro6000_MaxQ: Final[HardwareSpec]
    """NVIDIA RTX PRO 6000 Blackwell Max-Q."""
    RTXPro6000_Server: Final[HardwareSpec]
    """NVIDIA RTX PRO 6000 Blackwell Server Edition."""
    Rubin: Final[HardwareSpec]
    """NVIDIA Rubin (VR200, one package)."""
    RX65N: Final[HardwareSpec]
    """Renesas RX65N Cloud Kit (RXv2)."""
    RX6900XT: Final[HardwareSpec]
    """AMD Radeon RX 6900 XT."""
    RX7900XT: Final[HardwareSpec]
    """AMD Radeon RX 7900 XT."""
    RX7900XTX: Final[HardwareSpec]
    """AMD Radeon RX 7900 XTX."""
    RX9070: Final[HardwareSpec]
    """AMD Radeon RX 9070."""
    RX9070XT: Final[HardwareSpec]
    """AMD Radeon RX 9070 XT."""
    SN40L: Final[HardwareSpec]
    """SambaNova SN40L RDU."""
    Snapdragon8Elite: Final[HardwareSpec]
    """Qualcomm Snapdragon 8 Elite."""
    Snapdragon8Gen2: Final[HardwareSpec]
    """Qualcomm Snapdragon 8 Gen 2."""
    Snapdragon8Gen3: Final[HardwareSpec]
    """Qualcomm Snapdragon 8 Gen 3."""
    SnapdragonXElite: Final[HardwareSpec]
    """Qualcomm Snapdragon X Elite."""
    STM32F407: Final[HardwareSpec]
    """STM32F407 (Cortex-M4F)."""
    STM32F446: Final[HardwareSpec]
    """STM32F446RE Nucleo (Cortex-M4F)."""
    STM32F746: Final[HardwareSpec]
    """STM32F746G-DISCO (Cortex-M7)."""
    STM32G0B1: Final[HardwareSpec]
    """STM32G0B1RE Nucleo (Cortex-M0+)."""
    STM32H743: Final[HardwareSpec]
    """STM32H743ZI Nucleo (Cortex-M7)."""
    STM32H7A3: Final[HardwareSpec]
    """STM32H7A3ZI-Q Nucleo (Cortex-M7)."""
    STM32L4R5: Final[HardwareSpec]
    """STM32L4R5ZI Nucleo (Cortex-M4F)."""
    STM32U575: Final[HardwareSpec]
    """STM32U575ZI-Q Nucleo (Cortex-M33)."""
    STM32U585: Final[HardwareSpec]
    """STM32U585AI B-U585I-IOT02A (Cortex-M33)."""
    StrixHalo395: Final[HardwareSpec]
    """AMD Ryzen AI Max+ 395, Radeon 8060S GPU (128 GB)."""
    StrixHalo395_CPU: Final[HardwareSpec]
    """AMD Ryzen AI Max+ 395, CPU only (16 Zen 5 cores)."""
    T4: Final[HardwareSpec]
    """NVIDIA T4."""
    TPUv1: Final[HardwareSpec]
    """Google TPU v1."""
    TPUv2: Final[HardwareSpec]
    """Google TPU v2."""
    TPUv3: Final[HardwareSpec]
    """Google TPU v3."""
    TPUv4: Final[HardwareSpec]
    """Google TPU v4."""
    TPUv4i: Final[HardwareSpec]
    """Google TPU v4i."""
    TPUv5e: Final[HardwareSpec]
    """Google TPU v5e."""
    TPUv5p: Final[HardwareSpec]
    """Google TPU v5p."""
    TPUv6: Final[HardwareSpec]
    """Google TPU v6e (Trillium)."""
    TPUv7: Final[HardwareSpec]
    """Google TPU7x (Ironwood)."""
    Trainium1: Final[HardwareSpec]
    """AWS Trainium."""
    Trainium2: Final[HardwareSpec]
    """AWS Trainium2."""
    Trainium3: Final[HardwareSpec]
    """AWS Trainium3."""
    V100: Final[HardwareSpec]
    """NVIDIA V100 SXM2 32GB."""
    V100_16GB: Final[HardwareSpec]
    """NVIDIA V100 SXM2 16GB."""
    V100_16GB_PCIe: Final[HardwareSpec]
    """NVIDIA V100 PCIe 16GB."""
    V100_PCIe: Final[HardwareSpec]
    """NVIDIA V100 PCIe."""
    V100_SXM3: Final[HardwareSpec]
    """NVIDIA V100 SXM3 32GB (DGX-2)."""
    V100S: Final[HardwareSpec]
    """NVIDIA V100S PCIe."""
    Wormhole_N150: Final[HardwareSpec]
    """Tenstorrent Wormhole n150."""
    Wormhole_N300: Final[HardwareSpec]
    """Tenstorrent Wormhole n300."""
    Xeon6980P: Final[HardwareSpec]
    """Intel Xeon 6980P (Granite Rapids, 128c)."""
    Xeon8275CL_x2: Final[HardwareSpec]
    """AWS EC2 p4d host: 2x Intel Xeon Platinum 8275CL (48c, 96 vCPU)."""
    Xeon8380: Final[HardwareSpec]
    """Intel Xeon Platinum 8380 (Ice Lake, 40c)."""
    Xeon8480Plus: Final[HardwareSpec]
    """Intel Xeon Platinum 8480+ (Sapphire Rapids, 56c)."""
    Xeon8592Plus: Final[HardwareSpec]
    """Intel Xeon Platinum 8592+ (Emerald Rapids, 64c)."""
    CerebrasCS3: Final[HardwareSpec]
    """Cerebras CS-3 (WSE-3)."""
    DGXSpark: Final[HardwareSpec]
    """NVIDIA DGX Spark (GB10)."""
    Himax: Final[HardwareSpec]
    """Himax WE-I Plus (ARC EM9D DSP)."""
    Jetson: Final[HardwareSpec]
    """NVIDIA Jetson Orin NX 16GB."""
    MacBook: Final[HardwareSpec]
    """Apple M3 Max (40-core GPU)."""
    NVL72: Final[HardwareSpec]
    """NVIDIA GB200 NVL72 (rack, 72 GPUs + 36 Grace)."""
    Snapdragon: Final[HardwareSpec]
    """Qualcomm Snapdragon 8 Gen 3."""
    iPhone: Final[HardwareSpec]
    """Apple A17 Pro (iPhone 15 Pro)."""

class _InfraFailures(Namespace[FailureSpec]):
    BLOOM_Run: Final[FailureSpec]
    """BLOOM-176B, 384 A100 in 105 days."""
    Llama3_405B_Run: Final[FailureSpec]
    """Llama 3 405B, 16,384 H100 in 54 days."""
    MegaScale_Run: Final[FailureSpec]
    """MegaScale, 12,288 GPUs."""
    Meta_RSC_1: Final[FailureSpec]
    """Meta RSC-1, 16,000 A100 in 11 months."""
    Meta_RSC_2: Final[FailureSpec]
    """Meta RSC-2, 8,000 A100 in 11 months."""
    OPT_175B_Run: Final[FailureSpec]
    """OPT-175B, 992 A100 in about 60 days."""

class _InfraGrids(Namespace[GridSpec]):
    Argentina: Final[GridSpec]
    """Argentina."""
    Australia: Final[GridSpec]
    """Australia."""
    Austria: Final[GridSpec]
    """Austria."""
    Belgium: Final[GridSpec]
    """Belgium."""
    Brazil: Final[GridSpec]
    """Brazil."""
    California: Final[GridSpec]
    """California (CAMX)."""
    Canada: Final[GridSpec]
    """Canada."""
    Chile: Final[GridSpec]
    """Chile."""
    China: Final[GridSpec]
    """China."""
    Czechia: Final[GridSpec]
    """Czechia."""
    Denmark: Final[GridSpec]
    """Denmark."""
    Egypt: Final[GridSpec]
    """Egypt."""
    Estonia: Final[GridSpec]
    """Estonia."""
    European_Union: Final[GridSpec]
    """European Union."""
    Finland: Final[GridSpec]
    """Finland."""
    France: Final[GridSpec]
    """France."""
    Germany: Final[GridSpec]
    """Germany."""
    Greece: Final[GridSpec]
    """Greece."""
    Hong_Kong: Final[GridSpec]
    """Hong Kong."""
    Iceland: Final[GridSpec]
    """Iceland."""
    India: Final[GridSpec]
    """India."""
    Indonesia: Final[GridSpec]
    """Indonesia."""
    Ireland: Final[GridSpec]
    """Ireland."""
    Israel: Final[GridSpec]
    """Israel."""
    Italy: Final[GridSpec]
    """Italy."""
    Japan: Final[GridSpec]
    """Japan."""
    Kenya: Final[GridSpec]
    """Kenya."""
    Malaysia: Final[GridSpec]
    """Malaysia."""
    Mexico: Final[GridSpec]
    """Mexico."""
    Morocco: Final[GridSpec]
    """Morocco."""
    Netherlands: Final[GridSpec]
    """Netherlands."""
    New_Zealand: Final[GridSpec]
    """New Zealand."""
    Nigeria: Final[GridSpec]
    """Nigeria."""
    Norway: Final[GridSpec]
    """Norway (Hydro)."""
    Ohio_Valley: Final[GridSpec]
    """Ohio valley (RFCW)."""
    Poland: Final[GridSpec]
    """Poland (Coal)."""
    Portugal: Final[GridSpec]
    """Portugal."""
    Qatar: Final[GridSpec]
    """Qatar."""
    Quebec: Final[GridSpec]
    """Quebec (Hydro)."""
    Russia: Final[GridSpec]
    """Russia."""
    Saudi_Arabia: Final[GridSpec]
    """Saudi Arabia."""
    Singapore: Final[GridSpec]
    """Singapore."""
    South_Africa: Final[GridSpec]
    """South Africa."""
    South_Korea: Final[GridSpec]
    """South Korea."""
    Spain: Final[GridSpec]
    """Spain."""
    Sweden: Final[GridSpec]
    """Sweden."""
    Switzerland: Final[GridSpec]
    """Switzerland."""
    Taiwan: Final[GridSpec]
    """Taiwan."""
    Texas: Final[GridSpec]
    """Texas (ERCOT)."""
    Thailand: Final[GridSpec]
    """Thailand."""
    Turkey: Final[GridSpec]
    """Turkey."""
    Ukraine: Final[GridSpec]
    """Ukraine."""
    United_Arab_Emirates: Final[GridSpec]
    """United Arab Emirates."""
    United_Kingdom: Final[GridSpec]
    """United Kingdom."""
    Upper_Midwest: Final[GridSpec]
    """Upper Midwest (MROW)."""
    Upstate_New_York: Final[GridSpec]
    """Upstate New York (NYUP)."""
    US_Avg: Final[GridSpec]
    """US Average."""
    US_eGRID_2022: Final[GridSpec]
    """United States, EPA eGRID total output rate."""
    US_eGRID_2023: Final[GridSpec]
    """United States, EPA eGRID total output rate."""
    US_Northwest: Final[GridSpec]
    """US Northwest (NWPP)."""
    Vietnam: Final[GridSpec]
    """Vietnam."""
    Virginia: Final[GridSpec]
    """Virginia/Carolina (SRVC)."""
    World: Final[GridSpec]
    """World."""

class _InfraOperators(Namespace[OperatorSpec]):
    Alibaba: Final[OperatorSpec]
    """Alibaba Cloud fleet."""
    AWS: Final[OperatorSpec]
    """Amazon Web Services fleet."""
    Equinix: Final[OperatorSpec]
    """Equinix fleet."""
    Frontier_OLCF: Final[OperatorSpec]
    """ORNL Frontier (liquid cooled)."""
    Google: Final[OperatorSpec]
    """Google fleet."""
    Meta: Final[OperatorSpec]
    """Meta fleet."""
    Microsoft: Final[OperatorSpec]
    """Microsoft owned fleet."""
    Microsoft_Sweden: Final[OperatorSpec]
    """Microsoft Sweden."""
    NREL_ESIF: Final[OperatorSpec]
    """NREL ESIF (warm-water liquid cooled)."""
    Oracle: Final[OperatorSpec]
    """Oracle (best)."""
    OVHcloud: Final[OperatorSpec]
    """OVHcloud fleet."""
    Survey_Average: Final[OperatorSpec]
    """Uptime Institute survey average."""
    US_Average: Final[OperatorSpec]
    """LBNL United States average."""

class _InfraRacks(Namespace[RackSpec]):
    AI_Standard: Final[RackSpec]
    """AI Cluster (Standard)."""
    GB200_NVL72: Final[RackSpec]
    """NVIDIA GB200 NVL72."""
    GB300_NVL72: Final[RackSpec]
    """NVIDIA GB300 NVL72."""
    Traditional: Final[RackSpec]
    """Traditional Enterprise."""
    VeraRubin_NVL144: Final[RackSpec]
    """NVIDIA Vera Rubin NVL144."""

class _InfraRegions(Namespace[RegionSpec]):
    GCP_africa_south1: Final[RegionSpec]
    """Google Cloud africa-south1, Johannesburg."""
    GCP_asia_east1: Final[RegionSpec]
    """Google Cloud asia-east1, Taiwan."""
    GCP_asia_east2: Final[RegionSpec]
    """Google Cloud asia-east2, Hong Kong."""
    GCP_asia_northeast1: Final[RegionSpec]
    """Google Cloud asia-northeast1, Tokyo."""
    GCP_asia_northeast2: Final[RegionSpec]
    """Google Cloud asia-northeast2, Osaka."""
    GCP_asia_northeast3: Final[RegionSpec]
    """Google Cloud asia-northeast3, Seoul."""
    GCP_asia_south1: Final[RegionSpec]
    """Google Cloud asia-south1, Mumbai."""
    GCP_asia_south2: Final[RegionSpec]
    """Google Cloud asia-south2, Delhi."""
    GCP_asia_southeast1: Final[RegionSpec]
    """Google Cloud asia-southeast1, Singapore."""
    GCP_asia_southeast2: Final[RegionSpec]
    """Google Cloud asia-southeast2, Jakarta."""
    GCP_australia_southeast1: Final[RegionSpec]
    """Google Cloud australia-southeast1, Sydney."""
    GCP_australia_southeast2: Final[RegionSpec]
    """Google Cloud australia-southeast2, Melbourne."""
    GCP_europe_central2: Final[RegionSpec]
    """Google Cloud europe-central2, Warsaw."""
    GCP_europe_north1: Final[RegionSpec]
    """Google Cloud europe-north1, Finland."""
    GCP_europe_north2: Final[RegionSpec]
    """Google Cloud europe-north2, Stockholm."""
    GCP_europe_southwest1: Final[RegionSpec]
    """Google Cloud europe-southwest1, Madrid."""
    GCP_europe_west1: Final[RegionSpec]
    """Google Cloud europe-west1, Belgium."""
    GCP_europe_west10: Final[RegionSpec]
    """Google Cloud europe-west10, Berlin."""
    GCP_europe_west12: Final[RegionSpec]
    """Google Cloud europe-west12, Turin."""
    GCP_europe_west2: Final[RegionSpec]
    """Google Cloud europe-west2, London."""
    GCP_europe_west3: Final[RegionSpec]
    """Google Cloud europe-west3, Frankfurt."""
    GCP_europe_west4: Final[RegionSpec]
    """Google Cloud europe-west4, Eemshaven."""
    GCP_europe_west6: Final[RegionSpec]
    """Google Cloud europe-west6, Zürich."""
    GCP_europe_west8: Final[RegionSpec]
    """Google Cloud europe-west8, Milan."""
    GCP_europe_west9: Final[RegionSpec]
    """Google Cloud europe-west9, Paris."""
    GCP_me_central1: Final[RegionSpec]
    """Google Cloud me-central1, Doha."""
    GCP_me_central2: Final[RegionSpec]
    """Google Cloud me-central2, Dammam."""
    GCP_me_west1: Final[RegionSpec]
    """Google Cloud me-west1, Tel Aviv."""
    GCP_northamerica_northeast1: Final[RegionSpec]
    """Google Cloud northamerica-northeast1, Montréal."""
    GCP_northamerica_northeast2: Final[RegionSpec]
    """Google Cloud northamerica-northeast2, Toronto."""
    GCP_northamerica_south1: Final[RegionSpec]
    """Google Cloud northamerica-south1, Mexico."""
    GCP_southamerica_east1: Final[RegionSpec]
    """Google Cloud southamerica-east1, Sāo Paulo."""
    GCP_southamerica_west1: Final[RegionSpec]
    """Google Cloud southamerica-west1, Santiago."""
    GCP_us_central1: Final[RegionSpec]
    """Google Cloud us-central1, Iowa."""
    GCP_us_central2: Final[RegionSpec]
    """Google Cloud us-central2, Oklahoma."""
    GCP_us_east1: Final[RegionSpec]
    """Google Cloud us-east1, South Carolina."""
    GCP_us_east2: Final[RegionSpec]
    """Google Cloud us-east2, Georgia."""
    GCP_us_east4: Final[RegionSpec]
    """Google Cloud us-east4, Northern Virginia."""
    GCP_us_east5: Final[RegionSpec]
    """Google Cloud us-east5, Columbus."""
    GCP_us_south1: Final[RegionSpec]
    """Google Cloud us-south1, Dallas."""
    GCP_us_west1: Final[RegionSpec]
    """Google Cloud us-west1, Oregon."""
    GCP_us_west2: Final[RegionSpec]
    """Google Cloud us-west2, Los Angeles."""
    GCP_us_west3: Final[RegionSpec]
    """Google Cloud us-west3, Salt Lake City."""
    GCP_us_west4: Final[RegionSpec]
    """Google Cloud us-west4, Las Vegas."""

class _Infra(Namespace[GridSpec | RackSpec]):
    Failures: Final[_InfraFailures]
    Grids: Final[_InfraGrids]
    Operators: Final[_InfraOperators]
    Racks: Final[_InfraRacks]
    Regions: Final[_InfraRegions]
    Argentina: Final[GridSpec]
    """Argentina."""
    Australia: Final[GridSpec]
    """Australia."""
    Austria: Final[GridSpec]
    """Austria."""
    Belgium: Final[GridSpec]
    """Belgium."""
    Brazil: Final[GridSpec]
    """Brazil."""
    California: Final[GridSpec]
    """California (CAMX)."""
    Canada: Final[GridSpec]
    """Canada."""
    Chile: Final[GridSpec]
    """Chile."""
    China: Final[GridSpec]
    """China."""
    Czechia: Final[GridSpec]
    """Czechia."""
    Denmark: Final[GridSpec]
    """Denmark."""
    Egypt: Final[GridSpec]
    """Egypt."""
    Estonia: Final[GridSpec]
    """Estonia."""
    European_Union: Final[GridSpec]
    """European Union."""
    Finland: Final[GridSpec]
    """Finland."""
    France: Final[GridSpec]
    """France."""
    Germany: Final[GridSpec]
    """Germany."""
    Greece: Final[GridSpec]
    """Greece."""
    Hong_Kong: Final[GridSpec]
    """Hong Kong."""
    Iceland: Final[GridSpec]
    """Iceland."""
    India: Final[GridSpec]
    """India."""
    Indonesia: Final[GridSpec]
    """Indonesia."""
    Ireland: Final[GridSpec]
    """Ireland."""
    Israel: Final[GridSpec]
    """Israel."""
    Italy: Final[GridSpec]
    """Italy."""
    Japan: Final[GridSpec]
    """Japan."""
    Kenya: Final[GridSpec]
    """Kenya."""
    Malaysia: Final[GridSpec]
    """Malaysia."""
    Mexico: Final[GridSpec]
    """Mexico."""
    Morocco: Final[GridSpec]
    """Morocco."""
    Netherlands: Final[GridSpec]
    """Netherlands."""
    New_Zealand: Final[GridSpec]
    """New Zealand."""
    Nigeria: Final[GridSpec]
    """Nigeria."""
    Norway: Final[GridSpec]
    """Norway (Hydro)."""
    Ohio_Valley: Final[GridSpec]
    """Ohio valley (RFCW)."""
    Poland: Final[GridSpec]
    """Poland (Coal)."""
    Portugal: Final[GridSpec]
    """Portugal."""
    Qatar: Final[GridSpec]
    """Qatar."""
    Quebec: Final[GridSpec]
    """Quebec (Hydro)."""
    Russia: Final[GridSpec]
    """Russia."""
    Saudi_Arabia: Final[GridSpec]
    """Saudi Arabia."""
    Singapore: Final[GridSpec]
    """Singapore."""
    South_Africa: Final[GridSpec]
    """South Africa."""
    South_Korea: Final[GridSpec]
    """South Korea."""
    Spain: Final[GridSpec]
    """Spain."""
    Sweden: Final[GridSpec]
    """Sweden."""
    Switzerland: Final[GridSpec]
    """Switzerland."""
    Taiwan: Final[GridSpec]
    """Taiwan."""
    Texas: Final[GridSpec]
    """Texas (ERCOT)."""
    Thailand: Final[GridSpec]
    """Thailand."""
    Turkey: Final[GridSpec]
    """Turkey."""
    Ukraine: Final[GridSpec]
    """Ukraine."""
    United_Arab_Emirates: Final[GridSpec]
    """United Arab Emirates."""
    United_Kingdom: Final[GridSpec]
    """United Kingdom."""
    Upper_Midwest: Final[GridSpec]
    """Upper Midwest (MROW)."""
    Upstate_New_York: Final[GridSpec]
    """Upstate New York (NYUP)."""
    US_Avg: Final[GridSpec]
    """US Average."""
    US_eGRID_2022: Final[GridSpec]
    """United States, EPA eGRID total output rate."""
    US_eGRID_2023: Final[GridSpec]
    """United States, EPA eGRID total output rate."""
    US_Northwest: Final[GridSpec]
    """US Northwest (NWPP)."""
    Vietnam: Final[GridSpec]
    """Vietnam."""
    Virginia: Final[GridSpec]
    """Virginia/Carolina (SRVC)."""
    World: Final[GridSpec]
    """World."""
    AI_Standard: Final[RackSpec]
    """AI Cluster (Standard)."""
    GB200_NVL72: Final[RackSpec]
    """NVIDIA GB200 NVL72."""
    GB300_NVL72: Final[RackSpec]
    """NVIDIA GB300 NVL72."""
    Traditional: Final[RackSpec]
    """Traditional Enterprise."""
    VeraRubin_NVL144: Final[RackSpec]
    """NVIDIA Vera Rubin NVL144."""

class _ModelsGenerativeVision(Namespace[ModelSpec]):
    DiT_XL_2: Final[ModelSpec]
    """DiT-XL/2 256."""
    FLUX_1_Dev: Final[ModelSpec]
    """FLUX.1 dev."""
    SDXL_Base: Final[ModelSpec]
    """SDXL base 1.0 (UNet)."""
    StableDiffusion_v1_5: Final[ModelSpec]
    """Stable Diffusion v1.5 (UNet)."""
    StableDiffusion_v2_1: Final[ModelSpec]
    """Stable Diffusion 2.1 (UNet, 768)."""
    StableDiffusion_v2_Base: Final[ModelSpec]
    """Stable Diffusion 2 base (UNet, 512)."""
    StableDiffusion_v3_5_Large: Final[ModelSpec]
    """Stable Diffusion 3.5 Large (MMDiT)."""
    StableDiffusion_v3_5_Medium: Final[ModelSpec]
    """Stable Diffusion 3.5 Medium (MMDiT-X)."""
    StableDiffusion_v3_Medium: Final[ModelSpec]
    """Stable Diffusion 3 Medium (MMDiT)."""

class _ModelsLanguage(Namespace[ModelSpec]):
    ALBERT_Base_v2: Final[ModelSpec]
    """ALBERT-base v2."""
    ALBERT_XXLarge_v2: Final[ModelSpec]
    """ALBERT-xxlarge v2."""
    Arctic_480B: Final[ModelSpec]
    """Snowflake Arctic (480B-A17B)."""
    BART_Base: Final[ModelSpec]
    """BART-base."""
    BART_Large: Final[ModelSpec]
    """BART-large."""
    BERT_Base: Final[ModelSpec]
    """BERT-Base."""
    BERT_Large: Final[ModelSpec]
    """BERT-Large."""
    BGE_Large_en: Final[ModelSpec]
    """BGE-large-en v1.5."""
    BLOOM_176B: Final[ModelSpec]
    """BLOOM-176B."""
    BLOOM_560M: Final[ModelSpec]
    """BLOOM-560M."""
    BLOOM_7B1: Final[ModelSpec]
    """BLOOM-7.1B."""
    Chinchilla_70B: Final[ModelSpec]
    """Chinchilla (70B)."""
    CodeLlama_34B: Final[ModelSpec]
    """Code Llama 34B."""
    Codestral_22B: Final[ModelSpec]
    """Codestral-22B."""
    Command_R_35B: Final[ModelSpec]
    """Command R (35B)."""
    Command_R_Plus_104B: Final[ModelSpec]
    """Command R+ (104B)."""
    DBRX_132B: Final[ModelSpec]
    """DBRX (132B-A36B)."""
    DeBERTa_v3_Base: Final[ModelSpec]
    """DeBERTa-v3-base."""
    DeBERTa_v3_Large: Final[ModelSpec]
    """DeBERTa-v3-large."""
    DeepSeek_67B: Final[ModelSpec]
    """DeepSeek-LLM-67B."""
    DeepSeek_7B: Final[ModelSpec]
    """DeepSeek-LLM-7B."""
    DeepSeek_Coder_33B: Final[ModelSpec]
    """DeepSeek-Coder-33B."""
    DeepSeek_R1_Distill_Qwen_14B: Final[ModelSpec]
    """DeepSeek-R1-Distill-Qwen-14B."""
    DeepSeek_V2: Final[ModelSpec]
    """DeepSeek-V2 (236B)."""
    DeepSeek_V2_Lite: Final[ModelSpec]
    """DeepSeek-V2-Lite."""
    DeepSeek_V3: Final[ModelSpec]
    """DeepSeek-V3 / R1 (671B)."""
    DeepSeek_V3_2: Final[ModelSpec]
    """DeepSeek-V3.2."""
    DeepSeek_V4_Flash: Final[ModelSpec]
    """DeepSeek-V4-Flash."""
    DeepSeek_V4_Pro: Final[ModelSpec]
    """DeepSeek-V4-Pro."""
    DeepSeekMoE_16B: Final[ModelSpec]
    """DeepSeekMoE-16B."""
    DistilBERT_Base: Final[ModelSpec]
    """DistilBERT-base."""
    ELECTRA_Base: Final[ModelSpec]
    """ELECTRA-base (discriminator)."""
    Falcon_180B: Final[ModelSpec]
    """Falcon-180B."""
    Falcon_40B: Final[ModelSpec]
    """Falcon-40B."""
    Falcon_7B: Final[ModelSpec]
    """Falcon-7B."""
    Flan_T5_Base: Final[ModelSpec]
    """Flan-T5-base."""
    Flan_T5_Large: Final[ModelSpec]
    """Flan-T5-large."""
    Flan_T5_Small: Final[ModelSpec]
    """Flan-T5-small."""
    Flan_T5_XL: Final[ModelSpec]
    """Flan-T5-XL."""
    Flan_T5_XXL: Final[ModelSpec]
    """Flan-T5-XXL."""
    Gemma2_27B: Final[ModelSpec]
    """Gemma-2-27B."""
    Gemma2_2B: Final[ModelSpec]
    """Gemma-2-2B."""
    Gemma2_9B: Final[ModelSpec]
    """Gemma-2-9B."""
    Gemma3_12B: Final[ModelSpec]
    """Gemma-3-12B (text)."""
    Gemma3_1B: Final[ModelSpec]
    """Gemma-3-1B."""
    Gemma3_27B: Final[ModelSpec]
    """Gemma-3-27B (text)."""
    Gemma3_4B: Final[ModelSpec]
    """Gemma-3-4B (text)."""
    Gemma4_26B_A4B: Final[ModelSpec]
    """Gemma-4-26B-A4B."""
    Gemma4_31B: Final[ModelSpec]
    """Gemma-4-31B."""
    Gemma_2B: Final[ModelSpec]
    """Gemma-2B."""
    Gemma_7B: Final[ModelSpec]
    """Gemma-7B."""
    GLaM_1_2T: Final[ModelSpec]
    """GLaM 64B/64E (1.2T)."""
    GLM4_5: Final[ModelSpec]
    """GLM-4.5 (355B-A32B)."""
    GLM4_5_Air: Final[ModelSpec]
    """GLM-4.5-Air (106B-A12B)."""
    GLM4_9B: Final[ModelSpec]
    """GLM-4-9B."""
    GLM5: Final[ModelSpec]
    """GLM-5 (744B-A40B)."""
    Gopher_280B: Final[ModelSpec]
    """Gopher (280B)."""
    GPT2: Final[ModelSpec]
    """GPT-2 XL (1.5B)."""
    GPT2_Large: Final[ModelSpec]
    """GPT-2 Large."""
    GPT2_Medium: Final[ModelSpec]
    """GPT-2 Medium."""
    GPT2_Small: Final[ModelSpec]
    """GPT-2 Small (124M)."""
    GPT3: Final[ModelSpec]
    """GPT-3 (175B)."""
    GPT3_13B: Final[ModelSpec]
    """GPT-3 13B."""
    GPT3_2_7B: Final[ModelSpec]
    """GPT-3 2.7B."""
    GPT3_6_7B: Final[ModelSpec]
    """GPT-3 6.7B."""
    GPT3_Small: Final[ModelSpec]
    """GPT-3 Small."""
    GPT3_XL: Final[ModelSpec]
    """GPT-3 XL (1.3B)."""
    GPT4: Final[ModelSpec]
    """GPT-4 (unofficial estimate)."""
    GPT_NeoX_20B: Final[ModelSpec]
    """GPT-NeoX-20B."""
    GPT_OSS_120B: Final[ModelSpec]
    """gpt-oss-120b."""
    GPT_OSS_20B: Final[ModelSpec]
    """gpt-oss-20b."""
    GPTJ_6B: Final[ModelSpec]
    """GPT-J-6B."""
    Grok_1: Final[ModelSpec]
    """Grok-1 (314B)."""
    InternLM2_20B: Final[ModelSpec]
    """InternLM2-20B."""
    InternLM2_7B: Final[ModelSpec]
    """InternLM2-7B."""
    Jamba_v0_1: Final[ModelSpec]
    """Jamba-v0.1 (52B-A12B)."""
    Kimi_K2: Final[ModelSpec]
    """Kimi-K2-Instruct."""
    Kimi_K2_5: Final[ModelSpec]
    """Kimi-K2.5."""
    Kimi_K3: Final[ModelSpec]
    """Kimi-K3."""
    LaMDA_137B: Final[ModelSpec]
    """LaMDA (137B)."""
    Llama2_13B: Final[ModelSpec]
    """Llama-2-13B."""
    Llama2_70B: Final[ModelSpec]
    """Llama-2-70B."""
    Llama2_7B: Final[ModelSpec]
    """Llama-2-7B."""
    Llama3_0_70B: Final[ModelSpec]
    """Llama-3-70B."""
    Llama3_0_8B: Final[ModelSpec]
    """Llama-3-8B."""
    Llama3_1_405B: Final[ModelSpec]
    """Llama-3.1-405B."""
    Llama3_2_1B: Final[ModelSpec]
    """Llama-3.2-1B."""
    Llama3_2_3B: Final[ModelSpec]
    """Llama-3.2-3B."""
    Llama3_3_70B: Final[ModelSpec]
    """Llama-3.3-70B."""
    Llama3_70B: Final[ModelSpec]
    """Llama-3.1-70B."""
    Llama3_8B: Final[ModelSpec]
    """Llama-3.1-8B."""
    Llama4_Maverick: Final[ModelSpec]
    """Llama-4-Maverick (400B-A17B)."""
    Llama4_Scout: Final[ModelSpec]
    """Llama-4-Scout (109B-A17B)."""
    Llama_13B: Final[ModelSpec]
    """LLaMA-13B."""
    Llama_33B: Final[ModelSpec]
    """LLaMA-33B."""
    Llama_65B: Final[ModelSpec]
    """LLaMA-65B."""
    Llama_7B: Final[ModelSpec]
    """LLaMA-7B."""
    Megatron_1T: Final[ModelSpec]
    """Megatron 1T."""
    Megatron_22B: Final[ModelSpec]
    """Megatron 22B."""
    MiMo_V2_Flash: Final[ModelSpec]
    """MiMo-V2-Flash (309B-A15B)."""
    MiniLM_L6_v2: Final[ModelSpec]
    """all-MiniLM-L6-v2."""
    MiniMax_M2: Final[ModelSpec]
    """MiniMax-M2.5 (229B-A10B)."""
    MiniMax_M3: Final[ModelSpec]
    """MiniMax-M3."""
    MiniMax_Text_01: Final[ModelSpec]
    """MiniMax-Text-01 (456B-A45.9B)."""
    Ministral_8B: Final[ModelSpec]
    """Ministral-8B-2410."""
    Mistral_7B_v0_1: Final[ModelSpec]
    """Mistral-7B-v0.1."""
    Mistral_7B_v0_3: Final[ModelSpec]
    """Mistral-7B-v0.3."""
    Mistral_Large_2_123B: Final[ModelSpec]
    """Mistral-Large-2407 (123B)."""
    Mistral_Nemo_12B: Final[ModelSpec]
    """Mistral-Nemo-12B."""
    Mistral_Small_24B: Final[ModelSpec]
    """Mistral-Small-24B-2501."""
    Mixtral_8x22B: Final[ModelSpec]
    """Mixtral-8x22B."""
    Mixtral_8x7B: Final[ModelSpec]
    """Mixtral-8x7B."""
    ModernBERT_Base: Final[ModelSpec]
    """ModernBERT-base."""
    ModernBERT_Large: Final[ModelSpec]
    """ModernBERT-large."""
    MPT_30B: Final[ModelSpec]
    """MPT-30B."""
    MPT_7B: Final[ModelSpec]
    """MPT-7B."""
    MT_NLG_530B: Final[ModelSpec]
    """MT-NLG (530B)."""
    Nemotron3_Nano_30B_A3B: Final[ModelSpec]
    """Nemotron-3-Nano-30B-A3B."""
    Nemotron3_Super_120B_A12B: Final[ModelSpec]
    """Nemotron-3-Super-120B-A12B."""
    Nemotron4_15B: Final[ModelSpec]
    """Nemotron-4-15B."""
    Nemotron4_340B: Final[ModelSpec]
    """Nemotron-4-340B."""
    Nemotron_H_56B: Final[ModelSpec]
    """Nemotron-H-56B."""
    NLLB_200_3_3B: Final[ModelSpec]
    """NLLB-200-3.3B."""
    OLMo2_13B: Final[ModelSpec]
    """OLMo-2-13B."""
    OLMo2_32B: Final[ModelSpec]
    """OLMo-2-32B."""
    OLMo2_7B: Final[ModelSpec]
    """OLMo-2-7B."""
    OLMo3_7B: Final[ModelSpec]
    """OLMo-3-7B."""
    OLMo_7B: Final[ModelSpec]
    """OLMo-7B."""
    OPT_125M: Final[ModelSpec]
    """OPT-125M."""
    OPT_13B: Final[ModelSpec]
    """OPT-13B."""
    OPT_175B: Final[ModelSpec]
    """OPT-175B."""
    OPT_1B3: Final[ModelSpec]
    """OPT-1.3B."""
    OPT_2_7B: Final[ModelSpec]
    """OPT-2.7B."""
    OPT_30B: Final[ModelSpec]
    """OPT-30B."""
    OPT_66B: Final[ModelSpec]
    """OPT-66B."""
    OPT_6_7B: Final[ModelSpec]
    """OPT-6.7B."""
    PaLM_540B: Final[ModelSpec]
    """PaLM-540B."""
    PaLM_62B: Final[ModelSpec]
    """PaLM-62B."""
    PaLM_8B: Final[ModelSpec]
    """PaLM-8B."""
    Phi_1_5: Final[ModelSpec]
    """Phi-1.5."""
    Phi_2: Final[ModelSpec]
    """Phi-2."""
    Phi_3_5_MoE: Final[ModelSpec]
    """Phi-3.5-MoE."""
    Phi_3_Medium: Final[ModelSpec]
    """Phi-3-medium."""
    Phi_3_Mini: Final[ModelSpec]
    """Phi-3-mini."""
    Phi_4: Final[ModelSpec]
    """Phi-4."""
    Phi_4_Mini: Final[ModelSpec]
    """Phi-4-mini."""
    Pythia_12B: Final[ModelSpec]
    """Pythia-12B."""
    Pythia_160M: Final[ModelSpec]
    """Pythia-160M."""
    Pythia_1_4B: Final[ModelSpec]
    """Pythia-1.4B."""
    Pythia_1B: Final[ModelSpec]
    """Pythia-1B."""
    Pythia_2_8B: Final[ModelSpec]
    """Pythia-2.8B."""
    Pythia_410M: Final[ModelSpec]
    """Pythia-410M."""
    Pythia_6_9B: Final[ModelSpec]
    """Pythia-6.9B."""
    Pythia_70M: Final[ModelSpec]
    """Pythia-70M."""
    Qwen1_5_MoE_A2_7B: Final[ModelSpec]
    """Qwen1.5-MoE-A2.7B."""
    Qwen2_57B_A14B: Final[ModelSpec]
    """Qwen2-57B-A14B."""
    Qwen2_5_0_5B: Final[ModelSpec]
    """Qwen2.5-0.5B."""
    Qwen2_5_14B: Final[ModelSpec]
    """Qwen2.5-14B."""
    Qwen2_5_1_5B: Final[ModelSpec]
    """Qwen2.5-1.5B."""
    Qwen2_5_32B: Final[ModelSpec]
    """Qwen2.5-32B."""
    Qwen2_5_3B: Final[ModelSpec]
    """Qwen2.5-3B."""
    Qwen2_5_72B: Final[ModelSpec]
    """Qwen2.5-72B."""
    Qwen2_5_7B: Final[ModelSpec]
    """Qwen2.5-7B."""
    Qwen3_0_6B: Final[ModelSpec]
    """Qwen3-0.6B."""
    Qwen3_14B: Final[ModelSpec]
    """Qwen3-14B."""
    Qwen3_1_7B: Final[ModelSpec]
    """Qwen3-1.7B."""
    Qwen3_235B_A22B: Final[ModelSpec]
    """Qwen3-235B-A22B."""
    Qwen3_30B_A3B: Final[ModelSpec]
    """Qwen3-30B-A3B."""
    Qwen3_32B: Final[ModelSpec]
    """Qwen3-32B."""
    Qwen3_4B: Final[ModelSpec]
    """Qwen3-4B."""
    Qwen3_5_122B_A10B: Final[ModelSpec]
    """Qwen3.5-122B-A10B."""
    Qwen3_5_27B: Final[ModelSpec]
    """Qwen3.5-27B."""
    Qwen3_5_35B_A3B: Final[ModelSpec]
    """Qwen3.5-35B-A3B."""
    Qwen3_5_397B_A17B: Final[ModelSpec]
    """Qwen3.5-397B-A17B."""
    Qwen3_8B: Final[ModelSpec]
    """Qwen3-8B."""
    Qwen3_Coder_480B_A35B: Final[ModelSpec]
    """Qwen3-Coder-480B-A35B."""
    Qwen3_Next_80B_A3B: Final[ModelSpec]
    """Qwen3-Next-80B-A3B."""
    Qwen_72B: Final[ModelSpec]
    """Qwen-72B."""
    RoBERTa_Base: Final[ModelSpec]
    """RoBERTa-base."""
    RoBERTa_Large: Final[ModelSpec]
    """RoBERTa-large."""
    SmolLM2_135M: Final[ModelSpec]
    """SmolLM2-135M."""
    SmolLM2_1_7B: Final[ModelSpec]
    """SmolLM2-1.7B."""
    SmolLM2_360M: Final[ModelSpec]
    """SmolLM2-360M."""
    SmolLM3_3B: Final[ModelSpec]
    """SmolLM3-3B."""
    StableLM_3B_4E1T: Final[ModelSpec]
    """StableLM-3B-4E1T."""
    StarCoder2_15B: Final[ModelSpec]
    """StarCoder2-15B."""
    StarCoder2_3B: Final[ModelSpec]
    """StarCoder2-3B."""
    StarCoder2_7B: Final[ModelSpec]
    """StarCoder2-7B."""
    Step3_7_Flash: Final[ModelSpec]
    """Step-3.7-Flash."""
    T5_11B: Final[ModelSpec]
    """T5-11B."""
    T5_3B: Final[ModelSpec]
    """T5-3B."""
    T5_Base: Final[ModelSpec]
    """T5-base."""
    T5_Large: Final[ModelSpec]
    """T5-large."""
    T5_Small: Final[ModelSpec]
    """T5-small."""
    TinyLlama_1_1B: Final[ModelSpec]
    """TinyLlama-1.1B."""
    UL2_20B: Final[ModelSpec]
    """UL2-20B."""
    XLM_RoBERTa_Base: Final[ModelSpec]
    """XLM-RoBERTa-base."""
    XLM_RoBERTa_Large: Final[ModelSpec]
    """XLM-RoBERTa-large."""
    Yi_34B: Final[ModelSpec]
    """Yi-34B."""
    Yi_6B: Final[ModelSpec]
    """Yi-6B."""
    Zamba2_7B: Final[ModelSpec]
    """Zamba2-7B."""

class _ModelsRecommendation(Namespace[ModelSpec]):
    DLRM: Final[ModelSpec]
    """DLRM (MLPerf Criteo 1TB, 40M row cap)."""
    DLRM_DCNv2: Final[ModelSpec]
    """DLRM-DCNv2 (MLPerf v3)."""
    DLRM_RM1: Final[ModelSpec]
    """Facebook RM1 (DeepRecSys shape)."""

class _ModelsSpeech(Namespace[ModelSpec]):
    HuBERT_Large: Final[ModelSpec]
    """HuBERT large."""
    Wav2Vec2_Base: Final[ModelSpec]
    """wav2vec 2.0 base."""
    Wav2Vec2_Large: Final[ModelSpec]
    """wav2vec 2.0 large."""
    Whisper_Base: Final[ModelSpec]
    """Whisper base."""
    Whisper_Large_v3: Final[ModelSpec]
    """Whisper large-v3."""
    Whisper_Large_v3_Turbo: Final[ModelSpec]
    """Whisper large-v3-turbo."""
    Whisper_Medium: Final[ModelSpec]
    """Whisper medium."""
    Whisper_Small: Final[ModelSpec]
    """Whisper small."""
    Whisper_Tiny: Final[ModelSpec]
    """Whisper tiny."""

class _ModelsStateSpace(Namespace[ModelSpec]):
    Falcon_Mamba_7B: Final[ModelSpec]
    """Falcon-Mamba-7B."""
    Mamba2_130M: Final[ModelSpec]
    """Mamba2-130M."""
    Mamba2_1_3B: Final[ModelSpec]
    """Mamba2-1.3B."""
    Mamba2_2_7B: Final[ModelSpec]
    """Mamba2-2.7B."""
    Mamba2_370M: Final[ModelSpec]
    """Mamba2-370M."""
    Mamba2_780M: Final[ModelSpec]
    """Mamba2-780M."""
    Mamba_130M: Final[ModelSpec]
    """Mamba-130M."""
    Mamba_1_4B: Final[ModelSpec]
    """Mamba-1.4B."""
    Mamba_2_8B: Final[ModelSpec]
    """Mamba-2.8B."""
    Mamba_370M: Final[ModelSpec]
    """Mamba-370M."""
    Mamba_790M: Final[ModelSpec]
    """Mamba-790M."""
    RWKV4_14B: Final[ModelSpec]
    """RWKV-4-14B."""
    RWKV4_169M: Final[ModelSpec]
    """RWKV-4-169M."""

class _ModelsTiny(Namespace[ModelSpec]):
    AnomalyDetector: Final[ModelSpec]
    """FC autoencoder anomaly detection (MLPerf Tiny)."""
    DS_CNN: Final[ModelSpec]
    """DS-CNN keyword spotting (MLPerf Tiny)."""
    LeNet5: Final[ModelSpec]
    """LeNet-5."""
    ResNet8: Final[ModelSpec]
    """ResNet-8 image classification (MLPerf Tiny)."""
    TFLM_PersonDetect: Final[ModelSpec]
    """TFLM person_detection (MobileNetV1 0.25, grayscale 96x96)."""
    VWW_MobileNetV1: Final[ModelSpec]
    """MobileNetV1 0.25 visual wake words (MLPerf Tiny)."""
    WakeVision: Final[ModelSpec]
    """Wake Vision / visual wake words person detector (MobileNetV1 0.25, 96x96)."""

class _ModelsVision(Namespace[ModelSpec]):
    AlexNet: Final[ModelSpec]
    """AlexNet (torchvision, one-tower)."""
    CLIP_ViT_B16: Final[ModelSpec]
    """CLIP ViT-B/16."""
    CLIP_ViT_B32: Final[ModelSpec]
    """CLIP ViT-B/32."""
    CLIP_ViT_L14: Final[ModelSpec]
    """CLIP ViT-L/14."""
    ConvNeXt_Base: Final[ModelSpec]
    """ConvNeXt-Base."""
    ConvNeXt_Large: Final[ModelSpec]
    """ConvNeXt-Large."""
    ConvNeXt_Nano: Final[ModelSpec]
    """ConvNeXt-Nano."""
    ConvNeXt_Small: Final[ModelSpec]
    """ConvNeXt-Small."""
    ConvNeXt_Tiny: Final[ModelSpec]
    """ConvNeXt-Tiny."""
    ConvNeXt_XLarge: Final[ModelSpec]
    """ConvNeXt-XLarge."""
    DeepLabV3_ResNet50: Final[ModelSpec]
    """DeepLabV3-ResNet50."""
    DeiT_Base: Final[ModelSpec]
    """DeiT-B."""
    DeiT_Small: Final[ModelSpec]
    """DeiT-S."""
    DenseNet121: Final[ModelSpec]
    """DenseNet-121."""
    DETR_ResNet50: Final[ModelSpec]
    """DETR-ResNet50."""
    DINOv2_Base: Final[ModelSpec]
    """DINOv2 ViT-B/14."""
    DINOv2_Giant: Final[ModelSpec]
    """DINOv2 ViT-g/14."""
    DINOv2_Large: Final[ModelSpec]
    """DINOv2 ViT-L/14."""
    DINOv2_Small: Final[ModelSpec]
    """DINOv2 ViT-S/14."""
    EfficientNet_B0: Final[ModelSpec]
    """EfficientNet-B0."""
    EfficientNet_B1: Final[ModelSpec]
    """EfficientNet-B1."""
    EfficientNet_B2: Final[ModelSpec]
    """EfficientNet-B2."""
    EfficientNet_B3: Final[ModelSpec]
    """EfficientNet-B3."""
    EfficientNet_B4: Final[ModelSpec]
    """EfficientNet-B4."""
    EfficientNet_B5: Final[ModelSpec]
    """EfficientNet-B5."""
    EfficientNet_B6: Final[ModelSpec]
    """EfficientNet-B6."""
    EfficientNet_B7: Final[ModelSpec]
    """EfficientNet-B7."""
    EfficientNet_B8: Final[ModelSpec]
    """EfficientNet-B8."""
    EfficientNet_L2: Final[ModelSpec]
    """EfficientNet-L2."""
    EfficientNet_Lite0: Final[ModelSpec]
    """EfficientNet-Lite0."""
    EfficientNetV2_L: Final[ModelSpec]
    """EfficientNetV2-L."""
    EfficientNetV2_M: Final[ModelSpec]
    """EfficientNetV2-M."""
    EfficientNetV2_S: Final[ModelSpec]
    """EfficientNetV2-S."""
    EfficientNetV2_XL: Final[ModelSpec]
    """EfficientNetV2-XL."""
    FasterRCNN_ResNet50: Final[ModelSpec]
    """Faster R-CNN ResNet50-FPN."""
    GoogLeNet: Final[ModelSpec]
    """GoogLeNet."""
    InceptionV3: Final[ModelSpec]
    """Inception v3."""
    MaskRCNN_ResNet50: Final[ModelSpec]
    """Mask R-CNN ResNet50-FPN."""
    MLP_Mixer_B16: Final[ModelSpec]
    """MLP-Mixer-B/16."""
    MnasNet1_0: Final[ModelSpec]
    """MnasNet 1.0."""
    MobileNetV1: Final[ModelSpec]
    """MobileNetV1 1.0 224."""
    MobileNetV2: Final[ModelSpec]
    """MobileNetV2 1.0 224."""
    MobileNetV2_050: Final[ModelSpec]
    """MobileNetV2 0.5 224."""
    MobileNetV2_075: Final[ModelSpec]
    """MobileNetV2 0.75 224."""
    MobileNetV3_Large: Final[ModelSpec]
    """MobileNetV3-Large."""
    MobileNetV3_Small: Final[ModelSpec]
    """MobileNetV3-Small."""
    MobileViT_S: Final[ModelSpec]
    """MobileViT-S."""
    nnUNet_2D: Final[ModelSpec]
    """nnU-Net 2D."""
    nnUNet_3D: Final[ModelSpec]
    """nnU-Net 3D."""
    RegNetY_16GF: Final[ModelSpec]
    """RegNetY-16GF."""
    RegNetZ_040h: Final[ModelSpec]
    """RegNetZ-4.0GF-h."""
    ResNet101: Final[ModelSpec]
    """ResNet-101."""
    ResNet152: Final[ModelSpec]
    """ResNet-152."""
    ResNet18: Final[ModelSpec]
    """ResNet-18."""
    ResNet34: Final[ModelSpec]
    """ResNet-34."""
    ResNet50: Final[ModelSpec]
    """ResNet-50."""
    ResNeXt101_32x4d: Final[ModelSpec]
    """ResNeXt-101 32x4d."""
    ResNeXt50_32x4d: Final[ModelSpec]
    """ResNeXt-50 32x4d."""
    RetinaNet_ResNet50: Final[ModelSpec]
    """RetinaNet-ResNet50-FPN."""
    RetinaNet_ResNeXt50: Final[ModelSpec]
    """RetinaNet-ResNeXt50-FPN (MLPerf, 800 x 800)."""
    SAM_ViT_B: Final[ModelSpec]
    """SAM ViT-B."""
    SAM_ViT_H: Final[ModelSpec]
    """SAM ViT-H."""
    SE_ResNeXt101_32x4d: Final[ModelSpec]
    """SE-ResNeXt-101 32x4d."""
    ShuffleNetV2: Final[ModelSpec]
    """ShuffleNetV2 1.0x."""
    SigLIP_So400M: Final[ModelSpec]
    """SigLIP so400m-384."""
    SqueezeNet1_1: Final[ModelSpec]
    """SqueezeNet 1.1."""
    SSD300_VGG16: Final[ModelSpec]
    """SSD300-VGG16."""
    SSDLite320_MobileNetV3: Final[ModelSpec]
    """SSDLite320-MobileNetV3-Large."""
    Swin_Base: Final[ModelSpec]
    """Swin-Base."""
    Swin_Large: Final[ModelSpec]
    """Swin-Large."""
    Swin_Small: Final[ModelSpec]
    """Swin-Small."""
    Swin_Tiny: Final[ModelSpec]
    """Swin-Tiny."""
    UNet3D: Final[ModelSpec]
    """3D U-Net (KiTS19)."""
    VGG16: Final[ModelSpec]
    """VGG-16."""
    VGG19: Final[ModelSpec]
    """VGG-19."""
    ViT_Base_16: Final[ModelSpec]
    """ViT-B/16."""
    ViT_Base_32: Final[ModelSpec]
    """ViT-B/32."""
    ViT_Base_ResNet50_384: Final[ModelSpec]
    """R50 + ViT-B/16 (384)."""
    ViT_Giant_14: Final[ModelSpec]
    """ViT-g/14."""
    ViT_Huge_14: Final[ModelSpec]
    """ViT-H/14."""
    ViT_Large_16: Final[ModelSpec]
    """ViT-L/16."""
    ViT_Small_16: Final[ModelSpec]
    """ViT-S/16."""
    ViT_Tiny_16: Final[ModelSpec]
    """ViT-Ti/16."""
    WaymoPerception: Final[ModelSpec]
    """Waymo (High)."""
    WideResNet50_2: Final[ModelSpec]
    """Wide ResNet-50-2."""
    YOLO11_Nano: Final[ModelSpec]
    """YOLO11n."""
    YOLOv5_Small: Final[ModelSpec]
    """YOLOv5s."""
    YOLOv8_Large: Final[ModelSpec]
    """YOLOv8l."""
    YOLOv8_Medium: Final[ModelSpec]
    """YOLOv8m."""
    YOLOv8_Nano: Final[ModelSpec]
    """YOLOv8n."""
    YOLOv8_Small: Final[ModelSpec]
    """YOLOv8s."""
    YOLOv8_XLarge: Final[ModelSpec]
    """YOLOv8x."""

class _Models(Namespace[ModelSpec]):
    GenerativeVision: Final[_ModelsGenerativeVision]
    Language: Final[_ModelsLanguage]
    Recommendation: Final[_ModelsRecommendation]
    Speech: Final[_ModelsSpeech]
    StateSpace: Final[_ModelsStateSpace]
    Tiny: Final[_ModelsTiny]
    Vision: Final[_ModelsVision]
    ALBERT_Base_v2: Final[ModelSpec]
    """ALBERT-base v2."""
    ALBERT_XXLarge_v2: Final[ModelSpec]
    """ALBERT-xxlarge v2."""
    AlexNet: Final[ModelSpec]
    """AlexNet (torchvision, one-tower)."""
    AnomalyDetector: Final[ModelSpec]
    """FC autoencoder anomaly detection (MLPerf Tiny)."""
    Arctic_480B: Final[ModelSpec]
    """Snowflake Arctic (480B-A17B)."""
    BART_Base: Final[ModelSpec]
    """BART-base."""
    BART_Large: Final[ModelSpec]
    """BART-large."""
    BERT_Base: Final[ModelSpec]
    """BERT-Base."""
    BERT_Large: Final[ModelSpec]
    """BERT-Large."""
    BGE_Large_en: Final[ModelSpec]
    """BGE-large-en v1.5."""
    BLOOM_176B: Final[ModelSpec]
    """BLOOM-176B."""
    BLOOM_560M: Final[ModelSpec]
    """BLOOM-560M."""
    BLOOM_7B1: Final[ModelSpec]
    """BLOOM-7.1B."""
    Chinchilla_70B: Final[ModelSpec]
    """Chinchilla (70B)."""
    CLIP_ViT_B16: Final[ModelSpec]
    """CLIP ViT-B/16."""
    CLIP_ViT_B32: Final[ModelSpec]
    """CLIP ViT-B/32."""
    CLIP_ViT_L14: Final[ModelSpec]
    """CLIP ViT-L/14."""
    CodeLlama_34B: Final[ModelSpec]
    """Code Llama 34B."""
    Codestral_22B: Final[ModelSpec]
    """Codestral-22B."""
    Command_R_35B: Final[ModelSpec]
    """Command R (35B)."""
    Command_R_Plus_104B: Final[ModelSpec]
    """Command R+ (104B)."""
    ConvNeXt_Base: Final[ModelSpec]
    """ConvNeXt-Base."""
    ConvNeXt_Large: Final[ModelSpec]
    """ConvNeXt-Large."""
    ConvNeXt_Nano: Final[ModelSpec]
    """ConvNeXt-Nano."""
    ConvNeXt_Small: Final[ModelSpec]
    """ConvNeXt-Small."""
    ConvNeXt_Tiny: Final[ModelSpec]
    """ConvNeXt-Tiny."""
    ConvNeXt_XLarge: Final[ModelSpec]
    """ConvNeXt-XLarge."""
    DBRX_132B: Final[ModelSpec]
    """DBRX (132B-A36B)."""
    DeBERTa_v3_Base: Final[ModelSpec]
    """DeBERTa-v3-base."""
    DeBERTa_v3_Large: Final[ModelSpec]
    """DeBERTa-v3-large."""
    DeepLabV3_ResNet50: Final[ModelSpec]
    """DeepLabV3-ResNet50."""
    DeepSeek_67B: Final[ModelSpec]
    """DeepSeek-LLM-67B."""
    DeepSeek_7B: Final[ModelSpec]
    """DeepSeek-LLM-7B."""
    DeepSeek_Coder_33B: Final[ModelSpec]
    """DeepSeek-Coder-33B."""
    DeepSeek_R1_Distill_Qwen_14B: Final[ModelSpec]
    """DeepSeek-R1-Distill-Qwen-14B."""
    DeepSeek_V2: Final[ModelSpec]
    """DeepSeek-V2 (236B)."""
    DeepSeek_V2_Lite: Final[ModelSpec]
    """DeepSeek-V2-Lite."""
    DeepSeek_V3: Final[ModelSpec]
    """DeepSeek-V3 / R1 (671B)."""
    DeepSeek_V3_2: Final[ModelSpec]
    """DeepSeek-V3.2."""
    DeepSeek_V4_Flash: Final[ModelSpec]
    """DeepSeek-V4-Flash."""
    DeepSeek_V4_Pro: Final[ModelSpec]
    """DeepSeek-V4-Pro."""
    DeepSeekMoE_16B: Final[ModelSpec]
    """DeepSeekMoE-16B."""
    DeiT_Base: Final[ModelSpec]
    """DeiT-B."""
    DeiT_Small: Final[ModelSpec]
    """DeiT-S."""
    DenseNet121: Final[ModelSpec]
    """DenseNet-121."""
    DETR_ResNet50: Final[ModelSpec]
    """DETR-ResNet50."""
    DINOv2_Base: Final[ModelSpec]
    """DINOv2 ViT-B/14."""
    DINOv2_Giant: Final[ModelSpec]
    """DINOv2 ViT-g/14."""
    DINOv2_Large: Final[ModelSpec]
    """DINOv2 ViT-L/14."""
    DINOv2_Small: Final[ModelSpec]
    """DINOv2 ViT-S/14."""
    DistilBERT_Base: Final[ModelSpec]
    """DistilBERT-base."""
    DiT_XL_2: Final[ModelSpec]
    """DiT-XL/2 256."""
    DLRM: Final[ModelSpec]
    """DLRM (MLPerf Criteo 1TB, 40M row cap)."""
    DLRM_DCNv2: Final[ModelSpec]
    """DLRM-DCNv2 (MLPerf v3)."""
    DLRM_RM1: Final[ModelSpec]
    """Facebook RM1 (DeepRecSys shape)."""
    DS_CNN: Final[ModelSpec]
    """DS-CNN keyword spotting (MLPerf Tiny)."""
    EfficientNet_B0: Final[ModelSpec]
    """EfficientNet-B0."""
    EfficientNet_B1: Final[ModelSpec]
    """EfficientNet-B1."""
    EfficientNet_B2: Final[ModelSpec]
    """EfficientNet-B2."""
    EfficientNet_B3: Final[ModelSpec]
    """EfficientNet-B3."""
    EfficientNet_B4: Final[ModelSpec]
    """EfficientNet-B4."""
    EfficientNet_B5: Final[ModelSpec]
    """EfficientNet-B5."""
    EfficientNet_B6: Final[ModelSpec]
    """EfficientNet-B6."""
    EfficientNet_B7: Final[ModelSpec]
    """EfficientNet-B7."""
    EfficientNet_B8: Final[ModelSpec]
    """EfficientNet-B8."""
    EfficientNet_L2: Final[ModelSpec]
    """EfficientNet-L2."""
    EfficientNet_Lite0: Final[ModelSpec]
    """EfficientNet-Lite0."""
    EfficientNetV2_L: Final[ModelSpec]
    """EfficientNetV2-L."""
    EfficientNetV2_M: Final[ModelSpec]
    """EfficientNetV2-M."""
    EfficientNetV2_S: Final[ModelSpec]
    """EfficientNetV2-S."""
    EfficientNetV2_XL: Final[ModelSpec]
    """EfficientNetV2-XL."""
    ELECTRA_Base: Final[ModelSpec]
    """ELECTRA-base (discriminator)."""
    Falcon_180B: Final[ModelSpec]
    """Falcon-180B."""
    Falcon_40B: Final[ModelSpec]
    """Falcon-40B."""
    Falcon_7B: Final[ModelSpec]
    """Falcon-7B."""
    Falcon_Mamba_7B: Final[ModelSpec]
    """Falcon-Mamba-7B."""
    FasterRCNN_ResNet50: Final[ModelSpec]
    """Faster R-CNN ResNet50-FPN."""
    Flan_T5_Base: Final[ModelSpec]
    """Flan-T5-base."""
    Flan_T5_Large: Final[ModelSpec]
    """Flan-T5-large."""
    Flan_T5_Small: Final[ModelSpec]
    """Flan-T5-small."""
    Flan_T5_XL: Final[ModelSpec]
    """Flan-T5-XL."""
    Flan_T5_XXL: Final[ModelSpec]
    """Flan-T5-XXL."""
    FLUX_1_Dev: Final[ModelSpec]
    """FLUX.1 dev."""
    Gemma2_27B: Final[ModelSpec]
    """Gemma-2-27B."""
    Gemma2_2B: Final[ModelSpec]
    """Gemma-2-2B."""
    Gemma2_9B: Final[ModelSpec]
    """Gemma-2-9B."""
    Gemma3_12B: Final[ModelSpec]
    """Gemma-3-12B (text)."""
    Gemma3_1B: Final[ModelSpec]
    """Gemma-3-1B."""
    Gemma3_27B: Final[ModelSpec]
    """Gemma-3-27B (text)."""
    Gemma3_4B: Final[ModelSpec]
    """Gemma-3-4B (text)."""
    Gemma4_26B_A4B: Final[ModelSpec]
    """Gemma-4-26B-A4B."""
    Gemma4_31B: Final[ModelSpec]
    """Gemma-4-31B."""
    Gemma_2B: Final[ModelSpec]
    """Gemma-2B."""
    Gemma_7B: Final[ModelSpec]
    """Gemma-7B."""
    GLaM_1_2T: Final[ModelSpec]
    """GLaM 64B/64E (1.2T)."""
    GLM4_5: Final[ModelSpec]
    """GLM-4.5 (355B-A32B)."""
    GLM4_5_Air: Final[ModelSpec]
    """GLM-4.5-Air (106B-A12B)."""
    GLM4_9B: Final[ModelSpec]
    """GLM-4-9B."""
    GLM5: Final[ModelSpec]
    """GLM-5 (744B-A40B)."""
    GoogLeNet: Final[ModelSpec]
    """GoogLeNet."""
    Gopher_280B: Final[ModelSpec]
    """Gopher (280B)."""
    GPT2: Final[ModelSpec]
    """GPT-2 XL (1.5B)."""
    GPT2_Large: Final[ModelSpec]
    """GPT-2 Large."""
    GPT2_Medium: Final[ModelSpec]
    """GPT-2 Medium."""
    GPT2_Small: Final[ModelSpec]
    """GPT-2 Small (124M)."""
    GPT3: Final[ModelSpec]
    """GPT-3 (175B)."""
    GPT3_13B: Final[ModelSpec]
    """GPT-3 13B."""
    GPT3_2_7B: Final[ModelSpec]
    """GPT-3 2.7B."""
    GPT3_6_7B: Final[ModelSpec]
    """GPT-3 6.7B."""
    GPT3_Small: Final[ModelSpec]
    """GPT-3 Small."""
    GPT3_XL: Final[ModelSpec]
    """GPT-3 XL (1.3B)."""
    GPT4: Final[ModelSpec]
    """GPT-4 (unofficial estimate)."""
    GPT_NeoX_20B: Final[ModelSpec]
    """GPT-NeoX-20B."""
    GPT_OSS_120B: Final[ModelSpec]
    """gpt-oss-120b."""
    GPT_OSS_20B: Final[ModelSpec]
    """gpt-oss-20b."""
    GPTJ_6B: Final[ModelSpec]
    """GPT-J-6B."""
    Grok_1: Final[ModelSpec]
    """Grok-1 (314B)."""
    HuBERT_Large: Final[ModelSpec]
    """HuBERT large."""
    InceptionV3: Final[ModelSpec]
    """Inception v3."""
    InternLM2_20B: Final[ModelSpec]
    """InternLM2-20B."""
    InternLM2_7B: Final[ModelSpec]
    """InternLM2-7B."""
    Jamba_v0_1: Final[ModelSpec]
    """Jamba-v0.1 (52B-A12B)."""
    Kimi_K2: Final[ModelSpec]
    """Kimi-K2-Instruct."""
    Kimi_K2_5: Final[ModelSpec]
    """Kimi-K2.5."""
    Kimi_K3: Final[ModelSpec]
    """Kimi-K3."""
    LaMDA_137B: Final[ModelSpec]
    """LaMDA (137B)."""
    LeNet5: Final[ModelSpec]
    """LeNet-5."""
    Llama2_13B: Final[ModelSpec]
    """Llama-2-13B."""
    Llama2_70B: Final[ModelSpec]
    """Llama-2-70B."""
    Llama2_7B: Final[ModelSpec]
    """Llama-2-7B."""
    Llama3_0_70B: Final[ModelSpec]
    """Llama-3-70B."""
    Llama3_0_8B: Final[ModelSpec]
    """Llama-3-8B."""
    Llama3_1_405B: Final[ModelSpec]
    """Llama-3.1-405B."""
    Llama3_2_1B: Final[ModelSpec]
    """Llama-3.2-1B."""
    Llama3_2_3B: Final[ModelSpec]
    """Llama-3.2-3B."""
    Llama3_3_70B: Final[ModelSpec]
    """Llama-3.3-70B."""
    Llama3_70B: Final[ModelSpec]
    """Llama-3.1-70B."""
    Llama3_8B: Final[ModelSpec]
    """Llama-3.1-8B."""
    Llama4_Maverick: Final[ModelSpec]
    """Llama-4-Maverick (400B-A17B)."""
    Llama4_Scout: Final[ModelSpec]
    """Llama-4-Scout (109B-A17B)."""
    Llama_13B: Final[ModelSpec]
    """LLaMA-13B."""
    Llama_33B: Final[ModelSpec]
    """LLaMA-33B."""
    Llama_65B: Final[ModelSpec]
    """LLaMA-65B."""
    Llama_7B: Final[ModelSpec]
    """LLaMA-7B."""
    Mamba2_130M: Final[ModelSpec]
    """Mamba2-130M."""
    Mamba2_1_3B: Final[ModelSpec]
    """Mamba2-1.3B."""
    Mamba2_2_7B: Final[ModelSpec]
    """Mamba2-2.7B."""
    Mamba2_370M: Final[ModelSpec]
    """Mamba2-370M."""
    Mamba2_780M: Final[ModelSpec]
    """Mamba2-780M."""
    Mamba_130M: Final[ModelSpec]
    """Mamba-130M."""
    Mamba_1_4B: Final[ModelSpec]
    """Mamba-1.4B."""
    Mamba_2_8B: Final[ModelSpec]
    """Mamba-2.8B."""
    Mamba_370M: Final[ModelSpec]
    """Mamba-370M."""
    Mamba_790M: Final[ModelSpec]
    """Mamba-790M."""
    MaskRCNN_ResNet50: Final[ModelSpec]
    """Mask R-CNN ResNet50-FPN."""
    Megatron_1T: Final[ModelSpec]
    """Megatron 1T."""
    Megatron_22B: Final[ModelSpec]
    """Megatron 22B."""
    MiMo_V2_Flash: Final[ModelSpec]
    """MiMo-V2-Flash (309B-A15B)."""
    MiniLM_L6_v2: Final[ModelSpec]
    """all-MiniLM-L6-v2."""
    MiniMax_M2: Final[ModelSpec]
    """MiniMax-M2.5 (229B-A10B)."""
    MiniMax_M3: Final[ModelSpec]
    """MiniMax-M3."""
    MiniMax_Text_01: Final[ModelSpec]
    """MiniMax-Text-01 (456B-A45.9B)."""
    Ministral_8B: Final[ModelSpec]
    """Ministral-8B-2410."""
    Mistral_7B_v0_1: Final[ModelSpec]
    """Mistral-7B-v0.1."""
    Mistral_7B_v0_3: Final[ModelSpec]
    """Mistral-7B-v0.3."""
    Mistral_Large_2_123B: Final[ModelSpec]
    """Mistral-Large-2407 (123B)."""
    Mistral_Nemo_12B: Final[ModelSpec]
    """Mistral-Nemo-12B."""
    Mistral_Small_24B: Final[ModelSpec]
    """Mistral-Small-24B-2501."""
    Mixtral_8x22B: Final[ModelSpec]
    """Mixtral-8x22B."""
    Mixtral_8x7B: Final[ModelSpec]
    """Mixtral-8x7B."""
    MLP_Mixer_B16: Final[ModelSpec]
    """MLP-Mixer-B/16."""
    MnasNet1_0: Final[ModelSpec]
    """MnasNet 1.0."""
    MobileNetV1: Final[ModelSpec]
    """MobileNetV1 1.0 224."""
    MobileNetV2: Final[ModelSpec]
    """MobileNetV2 1.0 224."""
    MobileNetV2_050: Final[ModelSpec]
    """MobileNetV2 0.5 224."""
    MobileNetV2_075: Final[ModelSpec]
    """MobileNetV2 0.75 224."""
    MobileNetV3_Large: Final[ModelSpec]
    """MobileNetV3-Large."""
    MobileNetV3_Small: Final[ModelSpec]
    """MobileNetV3-Small."""
    MobileViT_S: Final[ModelSpec]
    """MobileViT-S."""
    ModernBERT_Base: Final[ModelSpec]
    """ModernBERT-base."""
    ModernBERT_Large: Final[ModelSpec]
    """ModernBERT-large."""
    MPT_30B: Final[ModelSpec]
    """MPT-30B."""
    MPT_7B: Final[ModelSpec]
    """MPT-7B."""
    MT_NLG_530B: Final[ModelSpec]
    """MT-NLG (530B)."""
    Nemotron3_Nano_30B_A3B: Final[ModelSpec]
    """Nemotron-3-Nano-30B-A3B."""
    Nemotron3_Super_120B_A12B: Final[ModelSpec]
    """Nemotron-3-Super-120B-A12B."""
    Nemotron4_15B: Final[ModelSpec]
    """Nemotron-4-15B."""
    Nemotron4_340B: Final[ModelSpec]
    """Nemotron-4-340B."""
    Nemotron_H_56B: Final[ModelSpec]
    """Nemotron-H-56B."""
    NLLB_200_3_3B: Final[ModelSpec]
    """NLLB-200-3.3B."""
    nnUNet_2D: Final[ModelSpec]
    """nnU-Net 2D."""
    nnUNet_3D: Final[ModelSpec]
    """nnU-Net 3D."""
    OLMo2_13B: Final[ModelSpec]
    """OLMo-2-13B."""
    OLMo2_32B: Final[ModelSpec]
    """OLMo-2-32B."""
    OLMo2_7B: Final[ModelSpec]
    """OLMo-2-7B."""
    OLMo3_7B: Final[ModelSpec]
    """OLMo-3-7B."""
    OLMo_7B: Final[ModelSpec]
    """OLMo-7B."""
    OPT_125M: Final[ModelSpec]
    """OPT-125M."""
    OPT_13B: Final[ModelSpec]
    """OPT-13B."""
    OPT_175B: Final[ModelSpec]
    """OPT-175B."""
    OPT_1B3: Final[ModelSpec]
    """OPT-1.3B."""
    OPT_2_7B: Final[ModelSpec]
    """OPT-2.7B."""
    OPT_30B: Final[ModelSpec]
    """OPT-30B."""
    OPT_66B: Final[ModelSpec]
    """OPT-66B."""
    OPT_6_7B: Final[ModelSpec]
    """OPT-6.7B."""
    PaLM_540B: Final[ModelSpec]
    """PaLM-540B."""
    PaLM_62B: Final[ModelSpec]
    """PaLM-62B."""
    PaLM_8B: Final[ModelSpec]
    """PaLM-8B."""
    Phi_1_5: Final[ModelSpec]
    """Phi-1.5."""
    Phi_2: Final[ModelSpec]
    """Phi-2."""
    Phi_3_5_MoE: Final[ModelSpec]
    """Phi-3.5-MoE."""
    Phi_3_Medium: Final[ModelSpec]
    """Phi-3-medium."""
    Phi_3_Mini: Final[ModelSpec]
    """Phi-3-mini."""
    Phi_4: Final[ModelSpec]
    """Phi-4."""
    Phi_4_Mini: Final[ModelSpec]
    """Phi-4-mini."""
    Pythia_12B: Final[ModelSpec]
    """Pythia-12B."""
    Pythia_160M: Final[ModelSpec]
    """Pythia-160M."""
    Pythia_1_4B: Final[ModelSpec]
    """Pythia-1.4B."""
    Pythia_1B: Final[ModelSpec]
    """Pythia-1B."""
    Pythia_2_8B: Final[ModelSpec]
    """Pythia-2.8B."""
    Pythia_410M: Final[ModelSpec]
    """Pythia-410M."""
    Pythia_6_9B: Final[ModelSpec]
    """Pythia-6.9B."""
    Pythia_70M: Final[ModelSpec]
    """Pythia-70M."""
    Qwen1_5_MoE_A2_7B: Final[ModelSpec]
    """Qwen1.5-MoE-A2.7B."""
    Qwen2_57B_A14B: Final[ModelSpec]
    """Qwen2-57B-A14B."""
    Qwen2_5_0_5B: Final[ModelSpec]
    """Qwen2.5-0.5B."""
    Qwen2_5_14B: Final[ModelSpec]
    """Qwen2.5-14B."""
    Qwen2_5_1_5B: Final[ModelSpec]
    """Qwen2.5-1.5B."""
    Qwen2_5_32B: Final[ModelSpec]
    """Qwen2.5-32B."""
    Qwen2_5_3B: Final[ModelSpec]
    """Qwen2.5-3B."""
    Qwen2_5_72B: Final[ModelSpec]
    """Qwen2.5-72B."""
    Qwen2_5_7B: Final[ModelSpec]
    """Qwen2.5-7B."""
    Qwen3_0_6B: Final[ModelSpec]
    """Qwen3-0.6B."""
    Qwen3_14B: Final[ModelSpec]
    """Qwen3-14B."""
    Qwen3_1_7B: Final[ModelSpec]
    """Qwen3-1.7B."""
    Qwen3_235B_A22B: Final[ModelSpec]
    """Qwen3-235B-A22B."""
    Qwen3_30B_A3B: Final[ModelSpec]
    """Qwen3-30B-A3B."""
    Qwen3_32B: Final[ModelSpec]
    """Qwen3-32B."""
    Qwen3_4B: Final[ModelSpec]
    """Qwen3-4B."""
    Qwen3_5_122B_A10B: Final[ModelSpec]
    """Qwen3.5-122B-A10B."""
    Qwen3_5_27B: Final[ModelSpec]
    """Qwen3.5-27B."""
    Qwen3_5_35B_A3B: Final[ModelSpec]
    """Qwen3.5-35B-A3B."""
    Qwen3_5_397B_A17B: Final[ModelSpec]
    """Qwen3.5-397B-A17B."""
    Qwen3_8B: Final[ModelSpec]
    """Qwen3-8B."""
    Qwen3_Coder_480B_A35B: Final[ModelSpec]
    """Qwen3-Coder-480B-A35B."""
    Qwen3_Next_80B_A3B: Final[ModelSpec]
    """Qwen3-Next-80B-A3B."""
    Qwen_72B: Final[ModelSpec]
    """Qwen-72B."""
    RegNetY_16GF: Final[ModelSpec]
    """RegNetY-16GF."""
    RegNetZ_040h: Final[ModelSpec]
    """RegNetZ-4.0GF-h."""
    ResNet101: Final[ModelSpec]
    """ResNet-101."""
    ResNet152: Final[ModelSpec]
    """ResNet-152."""
    ResNet18: Final[ModelSpec]
    """ResNet-18."""
    ResNet34: Final[ModelSpec]
    """ResNet-34."""
    ResNet50: Final[ModelSpec]
    """ResNet-50."""
    ResNet8: Final[ModelSpec]
    """ResNet-8 image classification (MLPerf Tiny)."""
    ResNeXt101_32x4d: Final[ModelSpec]
    """ResNeXt-101 32x4d."""
    ResNeXt50_32x4d: Final[ModelSpec]
    """ResNeXt-50 32x4d."""
    RetinaNet_ResNet50: Final[ModelSpec]
    """RetinaNet-ResNet50-FPN."""
    RetinaNet_ResNeXt50: Final[ModelSpec]
    """RetinaNet-ResNeXt50-FPN (MLPerf, 800 x 800)."""
    RoBERTa_Base: Final[ModelSpec]
    """RoBERTa-base."""
    RoBERTa_Large: Final[ModelSpec]
    """RoBERTa-large."""
    RWKV4_14B: Final[ModelSpec]
    """RWKV-4-14B."""
    RWKV4_169M: Final[ModelSpec]
    """RWKV-4-169M."""
    SAM_ViT_B: Final[ModelSpec]
    """SAM ViT-B."""
    SAM_ViT_H: Final[ModelSpec]
    """SAM ViT-H."""
    SDXL_Base: Final[ModelSpec]
    """SDXL base 1.0 (UNet)."""
    SE_ResNeXt101_32x4d: Final[ModelSpec]
    """SE-ResNeXt-101 32x4d."""
    ShuffleNetV2: Final[ModelSpec]
    """ShuffleNetV2 1.0x."""
    SigLIP_So400M: Final[ModelSpec]
    """SigLIP so400m-384."""
    SmolLM2_135M: Final[ModelSpec]
    """SmolLM2-135M."""
    SmolLM2_1_7B: Final[ModelSpec]
    """SmolLM2-1.7B."""
    SmolLM2_360M: Final[ModelSpec]
    """SmolLM2-360M."""
    SmolLM3_3B: Final[ModelSpec]
    """SmolLM3-3B."""
    SqueezeNet1_1: Final[ModelSpec]
    """SqueezeNet 1.1."""
    SSD300_VGG16: Final[ModelSpec]
    """SSD300-VGG16."""
    SSDLite320_MobileNetV3: Final[ModelSpec]
    """SSDLite320-MobileNetV3-Large."""
    StableDiffusion_v1_5: Final[ModelSpec]
    """Stable Diffusion v1.5 (UNet)."""
    StableDiffusion_v2_1: Final[ModelSpec]
    """Stable Diffusion 2.1 (UNet, 768)."""
    StableDiffusion_v2_Base: Final[ModelSpec]
    """Stable Diffusion 2 base (UNet, 512)."""
    StableDiffusion_v3_5_Large: Final[ModelSpec]
    """Stable Diffusion 3.5 Large (MMDiT)."""
    StableDiffusion_v3_5_Medium: Final[ModelSpec]
    """Stable Diffusion 3.5 Medium (MMDiT-X)."""
    StableDiffusion_v3_Medium: Final[ModelSpec]
    """Stable Diffusion 3 Medium (MMDiT)."""
    StableLM_3B_4E1T: Final[ModelSpec]
    """StableLM-3B-4E1T."""
    StarCoder2_15B: Final[ModelSpec]
    """StarCoder2-15B."""
    StarCoder2_3B: Final[ModelSpec]
    """StarCoder2-3B."""
    StarCoder2_7B: Final[ModelSpec]
    """StarCoder2-7B."""
    Step3_7_Flash: Final[ModelSpec]
    """Step-3.7-Flash."""
    Swin_Base: Final[ModelSpec]
    """Swin-Base."""
    Swin_Large: Final[ModelSpec]
    """Swin-Large."""
    Swin_Small: Final[ModelSpec]
    """Swin-Small."""
    Swin_Tiny: Final[ModelSpec]
    """Swin-Tiny."""
    T5_11B: Final[ModelSpec]
    """T5-11B."""
    T5_3B: Final[ModelSpec]
    """T5-3B."""
    T5_Base: Final[ModelSpec]
    """T5-base."""
    T5_Large: Final[ModelSpec]
    """T5-large."""
    T5_Small: Final[ModelSpec]
    """T5-small."""
    TFLM_PersonDetect: Final[ModelSpec]
    """TFLM person_detection (MobileNetV1 0.25, grayscale 96x96)."""
    TinyLlama_1_1B: Final[ModelSpec]
    """TinyLlama-1.1B."""
    UL2_20B: Final[ModelSpec]
    """UL2-20B."""
    UNet3D: Final[ModelSpec]
    """3D U-Net (KiTS19)."""
    VGG16: Final[ModelSpec]
    """VGG-16."""
    VGG19: Final[ModelSpec]
    """VGG-19."""
    ViT_Base_16: Final[ModelSpec]
    """ViT-B/16."""
    ViT_Base_32: Final[ModelSpec]
    """ViT-B/32."""
    ViT_Base_ResNet50_384: Final[ModelSpec]
    """R50 + ViT-B/16 (384)."""
    ViT_Giant_14: Final[ModelSpec]
    """ViT-g/14."""
    ViT_Huge_14: Final[ModelSpec]
    """ViT-H/14."""
    ViT_Large_16: Final[ModelSpec]
    """ViT-L/16."""
    ViT_Small_16: Final[ModelSpec]
    """ViT-S/16."""
    ViT_Tiny_16: Final[ModelSpec]
    """ViT-Ti/16."""
    VWW_MobileNetV1: Final[ModelSpec]
    """MobileNetV1 0.25 visual wake words (MLPerf Tiny)."""
    WakeVision: Final[ModelSpec]
    """Wake Vision / visual wake words person detector (MobileNetV1 0.25, 96x96)."""
    Wav2Vec2_Base: Final[ModelSpec]
    """wav2vec 2.0 base."""
    Wav2Vec2_Large: Final[ModelSpec]
    """wav2vec 2.0 large."""
    WaymoPerception: Final[ModelSpec]
    """Waymo (High)."""
    Whisper_Base: Final[ModelSpec]
    """Whisper base."""
    Whisper_Large_v3: Final[ModelSpec]
    """Whisper large-v3."""
    Whisper_Large_v3_Turbo: Final[ModelSpec]
    """Whisper large-v3-turbo."""
    Whisper_Medium: Final[ModelSpec]
    """Whisper medium."""
    Whisper_Small: Final[ModelSpec]
    """Whisper small."""
    Whisper_Tiny: Final[ModelSpec]
    """Whisper tiny."""
    WideResNet50_2: Final[ModelSpec]
    """Wide ResNet-50-2."""
    XLM_RoBERTa_Base: Final[ModelSpec]
    """XLM-RoBERTa-base."""
    XLM_RoBERTa_Large: Final[ModelSpec]
    """XLM-RoBERTa-large."""
    Yi_34B: Final[ModelSpec]
    """Yi-34B."""
    Yi_6B: Final[ModelSpec]
    """Yi-6B."""
    YOLO11_Nano: Final[ModelSpec]
    """YOLO11n."""
    YOLOv5_Small: Final[ModelSpec]
    """YOLOv5s."""
    YOLOv8_Large: Final[ModelSpec]
    """YOLOv8l."""
    YOLOv8_Medium: Final[ModelSpec]
    """YOLOv8m."""
    YOLOv8_Nano: Final[ModelSpec]
    """YOLOv8n."""
    YOLOv8_Small: Final[ModelSpec]
    """YOLOv8s."""
    YOLOv8_XLarge: Final[ModelSpec]
    """YOLOv8x."""
    Zamba2_7B: Final[ModelSpec]
    """Zamba2-7B."""

class _Scenarios(Namespace[Scenario]):
    AutonomousVehicle: Final[Scenario]
    """Autonomous Vehicle."""
    AutonomousVehicle_Waymo: Final[Scenario]
    """Waymo AV Data Pipeline."""
    ChatbotServing: Final[Scenario]
    """Chatbot Serving."""
    FrontierTraining: Final[Scenario]
    """Frontier LLM Training."""
    KeywordSpotting: Final[Scenario]
    """Keyword Spotting."""
    LocalTraining: Final[Scenario]
    """Local LLM Fine-tuning."""
    MobileHealth: Final[Scenario]
    """Mobile Health."""
    SmartDoorbell: Final[Scenario]
    """Smart Doorbell."""
    TinySensor: Final[Scenario]
    """Anomaly Sensor."""

class _Stacks(Namespace[StackSpec]):
    AutoAWQ: Final[StackSpec]
    """AutoAWQ."""
    AutoAWQGemv: Final[StackSpec]
    """AutoAWQ, kernels for one row."""
    DeepSpeedMII: Final[StackSpec]
    """DeepSpeed-MII."""
    Diffusers: Final[StackSpec]
    """Diffusers on PyTorch, eager."""
    EmbeddedLibrary: Final[StackSpec]
    """Any library for microcontrollers."""
    ExLlama: Final[StackSpec]
    """ExLlamaV2."""
    FasterTransformer: Final[StackSpec]
    """FasterTransformer."""
    Hekatron: Final[StackSpec]
    """Bosch hekatron."""
    LlamaCpp: Final[StackSpec]
    """llama.cpp."""
    LlamaCppCUDA: Final[StackSpec]
    """llama.cpp on CUDA, 2024."""
    LlamaCppMetal: Final[StackSpec]
    """llama.cpp on Metal."""
    Megatron_2021: Final[StackSpec]
    """Megatron-LM of 2021."""
    Megatron_2022: Final[StackSpec]
    """Megatron-LM of 2022, with sequence parallelism."""
    MegatronDeepSpeed: Final[StackSpec]
    """Megatron-DeepSpeed."""
    MicroTVM: Final[StackSpec]
    """microTVM, native kernels."""
    MicroTVMCMSIS: Final[StackSpec]
    """microTVM with CMSIS-NN."""
    MLC: Final[StackSpec]
    """MLC-LLM."""
    MXNet: Final[StackSpec]
    """MXNet, with normalisation and activation fused."""
    NCCL: Final[StackSpec]
    """NCCL."""
    ONNC: Final[StackSpec]
    """Skymizer ONNC."""
    Plumerai: Final[StackSpec]
    """Plumerai inference engine."""
    PyTorchAMP: Final[StackSpec]
    """PyTorch with automatic mixed precision."""
    PyTorchCompiled: Final[StackSpec]
    """PyTorch, compiled, with CUDA graphs."""
    PyTorchCPU: Final[StackSpec]
    """PyTorch, compiled, on a CPU."""
    PyTorchEager: Final[StackSpec]
    """PyTorch, eager."""
    PyTorchFSDP: Final[StackSpec]
    """PyTorch, eager, with sharded data parallelism."""
    SGLang: Final[StackSpec]
    """SGLang."""
    TensorFlow: Final[StackSpec]
    """TensorFlow 1, with XLA."""
    TensorRT: Final[StackSpec]
    """TensorRT."""
    TensorRTLLM: Final[StackSpec]
    """TensorRT-LLM."""
    TensorRTLLM_0: Final[StackSpec]
    """TensorRT-LLM before 1.0."""
    TFLiteMicro: Final[StackSpec]
    """TensorFlow Lite Micro, reference kernels."""
    TFLiteMicroVendor: Final[StackSpec]
    """TensorFlow Lite Micro with kernels of the chip maker."""
    TorchKernels: Final[StackSpec]
    """PyTorch kernels, timed on the device."""
    TransformerEngine: Final[StackSpec]
    """NeMo and Megatron-Bridge, with Transformer Engine."""
    TransformersInt4: Final[StackSpec]
    """Four-bit layers in eager Transformers."""
    VLLM: Final[StackSpec]
    """vLLM."""
    VLLM_0_1: Final[StackSpec]
    """PyTorch and the first vLLM's kernels, timed on the device."""
    XCubeAI: Final[StackSpec]
    """ST X-CUBE-AI."""
    XLA: Final[StackSpec]
    """XLA, on TPU or GPU."""

class _SystemsClusters(Namespace[SystemSpec]):
    Frontier_8K: Final[SystemSpec]
    """Frontier Cluster (8192 GPUs)."""
    Mega_100K: Final[SystemSpec]
    """Mega Cluster (100000 GPUs)."""
    Production_2K: Final[SystemSpec]
    """Production Cluster (2048 GPUs)."""
    Research_256: Final[SystemSpec]
    """Research Cluster (256 GPUs)."""

class _SystemsFabrics(Namespace[FabricSpec]):
    EFA_v2: Final[FabricSpec]
    """AWS EFA v2 (32x100)."""
    Ethernet_100G: Final[FabricSpec]
    """100GbE."""
    Ethernet_10G: Final[FabricSpec]
    """10GbE."""
    Ethernet_25G: Final[FabricSpec]
    """25 GbE."""
    InfiniBand_EDR: Final[FabricSpec]
    """InfiniBand EDR."""
    InfiniBand_GDR: Final[FabricSpec]
    """InfiniBand GDR (roadmap)."""
    InfiniBand_HDR: Final[FabricSpec]
    """IB HDR."""
    InfiniBand_NDR: Final[FabricSpec]
    """IB NDR."""
    InfiniBand_XDR: Final[FabricSpec]
    """InfiniBand XDR."""
    RoCE_100G: Final[FabricSpec]
    """100 GbE RoCE v2."""
    RoCE_400G: Final[FabricSpec]
    """400 GbE RoCE v2."""
    RoCE_800G: Final[FabricSpec]
    """800 GbE (Spectrum-4 SN5600: 64 ports, 51.2 Tb/s)."""
    Slingshot_11: Final[FabricSpec]
    """HPE Slingshot 11."""

class _SystemsLinks(Namespace[LinkSpec]):
    CXL_2_x8: Final[LinkSpec]
    """CXL 2.0 x8."""
    NVLink_1: Final[LinkSpec]
    """NVLink 1 (P100)."""
    NVLink_2: Final[LinkSpec]
    """NVLink 2 (V100)."""
    NVLink_3: Final[LinkSpec]
    """NVLink 3 (A100)."""
    NVLink_4: Final[LinkSpec]
    """NVLink 4 (H100)."""
    NVLink_5: Final[LinkSpec]
    """NVLink 5 (B200)."""
    NVLink_6: Final[LinkSpec]
    """NVLink 6 (Rubin)."""
    NVLink_C2C: Final[LinkSpec]
    """NVLink-C2C of Grace Hopper."""
    PCIe_Gen3_x16: Final[LinkSpec]
    """PCIe Gen3 x16."""
    PCIe_Gen4_x16: Final[LinkSpec]
    """PCIe Gen4 x16."""
    PCIe_Gen5_x16: Final[LinkSpec]
    """PCIe Gen5 x16."""
    PCIe_Gen6_x16: Final[LinkSpec]
    """PCIe Gen6 x16."""

class _SystemsNodes(Namespace[NodeSpec]):
    AWS_Inf2: Final[NodeSpec]
    """AWS inf2.48xlarge."""
    AWS_P4d: Final[NodeSpec]
    """AWS p4d.24xlarge."""
    AWS_P4de: Final[NodeSpec]
    """AWS p4de.24xlarge."""
    AWS_P5: Final[NodeSpec]
    """AWS p5.48xlarge."""
    AWS_P5en: Final[NodeSpec]
    """AWS p5en.48xlarge."""
    AWS_P6_B200: Final[NodeSpec]
    """AWS p6-b200.48xlarge."""
    AWS_Trn1: Final[NodeSpec]
    """AWS trn1.32xlarge."""
    AWS_Trn2: Final[NodeSpec]
    """AWS trn2.48xlarge."""
    AWS_Trn2_UltraServer: Final[NodeSpec]
    """AWS Trn2 UltraServer."""
    AWS_Trn3_UltraServer: Final[NodeSpec]
    """AWS Trn3 Gen2 UltraServer."""
    DGX1_V100: Final[NodeSpec]
    """NVIDIA DGX-1 (V100)."""
    DGX_A100: Final[NodeSpec]
    """DGX A100."""
    DGX_B200: Final[NodeSpec]
    """DGX B200."""
    DGX_B300: Final[NodeSpec]
    """NVIDIA DGX B300."""
    DGX_H100: Final[NodeSpec]
    """DGX H100."""
    DGX_H200: Final[NodeSpec]
    """NVIDIA DGX H200."""
    GB200_NVL72: Final[NodeSpec]
    """NVIDIA GB200 NVL72."""
    GB300_NVL72: Final[NodeSpec]
    """NVIDIA GB300 NVL72."""
    GCP_A3_Mega: Final[NodeSpec]
    """GCP a3-megagpu-8g."""
    HGX_H800: Final[NodeSpec]
    """HGX H800, with eight 400 Gbit/s ports."""
    HLS_Gaudi2: Final[NodeSpec]
    """Intel HLS-Gaudi2."""
    MI300X_Platform: Final[NodeSpec]
    """AMD MI300X OAM platform."""
    MI355X_Platform: Final[NodeSpec]
    """AMD MI355X OAM platform."""
    TPUv4_Pod: Final[NodeSpec]
    """TPU v4 pod."""
    TPUv5e_Pod: Final[NodeSpec]
    """TPU v5e pod."""
    TPUv5p_Pod: Final[NodeSpec]
    """TPU v5p pod."""
    TPUv6_Pod: Final[NodeSpec]
    """TPU v6e pod."""
    TPUv7_Pod: Final[NodeSpec]
    """TPU7x pod."""

class _SystemsRacks(Namespace[RackSpec]):
    AI_Standard: Final[RackSpec]
    """AI Cluster (Standard)."""
    GB200_NVL72: Final[RackSpec]
    """NVIDIA GB200 NVL72."""
    GB300_NVL72: Final[RackSpec]
    """NVIDIA GB300 NVL72."""
    Traditional: Final[RackSpec]
    """Traditional Enterprise."""
    VeraRubin_NVL144: Final[RackSpec]
    """NVIDIA Vera Rubin NVL144."""

class _SystemsStorage(Namespace[StorageSpec]):
    DDR5_Channel: Final[StorageSpec]
    """A channel of DDR5-4800."""
    FSx_Lustre: Final[StorageSpec]
    """Amazon FSx for Lustre."""
    Glacier_Deep_Archive: Final[StorageSpec]
    """Amazon S3 Glacier Deep Archive."""
    HDD_7200: Final[StorageSpec]
    """Hard disk, 7,200 rpm."""
    Lustre: Final[StorageSpec]
    """Lustre, a parallel file system."""
    NVMe_Gen3: Final[StorageSpec]
    """NVMe SSD, PCIe Gen3."""
    NVMe_Gen4: Final[StorageSpec]
    """NVMe SSD, PCIe Gen4."""
    NVMe_Gen5: Final[StorageSpec]
    """NVMe SSD, PCIe Gen5."""
    S3_Express: Final[StorageSpec]
    """Amazon S3 Express One Zone."""
    S3_Standard: Final[StorageSpec]
    """Amazon S3 Standard."""
    SATA_SSD: Final[StorageSpec]
    """SATA SSD."""
    Tectonic: Final[StorageSpec]
    """Meta Tectonic, as used for Llama 3."""

class _SystemsTiers(Namespace[TierSpec]):
    Cloud: Final[TierSpec]
    """Cloud."""
    Edge: Final[TierSpec]
    """Edge."""
    Mobile: Final[TierSpec]
    """Mobile."""
    Tiny: Final[TierSpec]
    """TinyML."""

class _Systems(Namespace[HardwareSpec]):
    Clusters: Final[_SystemsClusters]
    Fabrics: Final[_SystemsFabrics]
    Links: Final[_SystemsLinks]
    Nodes: Final[_SystemsNodes]
    Racks: Final[_SystemsRacks]
    Storage: Final[_SystemsStorage]
    Tiers: Final[_SystemsTiers]
    Cloud: Final[HardwareSpec]
    """NVIDIA H100 SXM5 80GB."""
    Edge: Final[HardwareSpec]
    """NVIDIA Jetson Orin NX 16GB."""
    Mobile: Final[HardwareSpec]
    """Apple A17 Pro (iPhone 15 Pro)."""
    Tiny: Final[HardwareSpec]
    """Espressif ESP32-S3 (2x Xtensa LX7 + PIE SIMD)."""

class _Tiers(Namespace[TierSpec]):
    Cloud: Final[TierSpec]
    """Cloud."""
    Edge: Final[TierSpec]
    """Edge."""
    Mobile: Final[TierSpec]
    """Mobile."""
    Tiny: Final[TierSpec]
    """TinyML."""

Applications: Final[_Applications]
Archetypes: Final[_Archetypes]
Hardware: Final[_Hardware]
Infra: Final[_Infra]
Models: Final[_Models]
Scenarios: Final[_Scenarios]
Stacks: Final[_Stacks]
Systems: Final[_Systems]
Tiers: Final[_Tiers]
