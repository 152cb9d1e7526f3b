"""Names that registries before this one had for entries of this one."""

__all__ = ["OLDER"]

OLDER = {
    "Hardware.Cloud.Graphcore_GC200": "Hardware.GC200",
    "Hardware.Cloud.Groq_LPU": "Hardware.GroqLPU",
    "Hardware.Cloud.ReferenceCPU": "Hardware.ReferenceCPU",
    "Hardware.Mobile.AppleM2": "Hardware.AppleM2",
    "Infra.Grids.China_Avg": "Infra.Grids.China",
    "Infra.Grids.EU_Avg": "Infra.Grids.European_Union",
    "Infra.Grids.India_Avg": "Infra.Grids.India",
    "Models.Language.Llama3_405B": "Models.Llama3_1_405B",
    "Models.Vision.EfficientNetB0": "Models.EfficientNet_B0",
    "Models.Vision.EfficientNetB4": "Models.EfficientNet_B4",
    "Models.Vision.MobileNetV2_Alpha0_5": "Models.MobileNetV2_050",
    "Models.Vision.MobileNetV2_Alpha0_75": "Models.MobileNetV2_075",
    "Models.Vision.ViT_Large": "Models.ViT_Large_16",
    "Systems.Fabrics.InfiniBand_GXDR": "Systems.Fabrics.InfiniBand_GDR",
    "Systems.Storage.Hdd7200Rpm": "Systems.Storage.HDD_7200",
    "Systems.Storage.LocalNvmeGen3": "Systems.Storage.NVMe_Gen3",
    "Systems.Storage.LocalNvmeGen4": "Systems.Storage.NVMe_Gen4",
    "Systems.Storage.LocalNvmeGen5": "Systems.Storage.NVMe_Gen5",
    "Systems.Storage.SataSsd": "Systems.Storage.SATA_SSD",
}
"""Old paths, and those of today."""
