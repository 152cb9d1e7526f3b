"""Every name that code written against 0.1.0 may use. Frozen, as its neighbour is."""

import functools

import mlsysim
import pytest

PATHS = """
Applications.AutoDrive Applications.Chatbot Applications.Doorbell Applications.Frontier
Applications.KWS Applications.Workstation
Archetypes.AutoDrive Archetypes.Cloud_V100 Archetypes.Doorbell Archetypes.Frontier
Archetypes.TinyML_M7 Archetypes.Workstation
Hardware.A100 Hardware.B200 Hardware.CerebrasCS3 Hardware.Cloud.A100 Hardware.Cloud.B200
Hardware.Cloud.Cerebras_CS3 Hardware.Cloud.GB200_NVL72 Hardware.Cloud.Gaudi2
Hardware.Cloud.Gaudi3 Hardware.Cloud.H100 Hardware.Cloud.H200 Hardware.Cloud.MI250X
Hardware.Cloud.MI300X Hardware.Cloud.T4 Hardware.Cloud.TPUv4 Hardware.Cloud.TPUv5p
Hardware.Cloud.TPUv6 Hardware.Cloud.Trainium2 Hardware.Cloud.V100 Hardware.DGXSpark
Hardware.ESP32 Hardware.Edge.Coral Hardware.Edge.GenericServer Hardware.Edge.Generic_Phone
Hardware.Edge.JetsonOrinNX Hardware.Edge.NUC_Movidius Hardware.Gaudi2 Hardware.Gaudi3
Hardware.H100 Hardware.H200 Hardware.Himax Hardware.Jetson Hardware.MI250X Hardware.MI300X
Hardware.MacBook Hardware.Mobile.Pixel8 Hardware.Mobile.Snapdragon8Gen3
Hardware.Mobile.iPhone15Pro Hardware.NVL72 Hardware.Networks.Ethernet_100G
Hardware.Networks.Ethernet_10G Hardware.Networks.InfiniBand_HDR Hardware.Networks.InfiniBand_NDR
Hardware.Snapdragon Hardware.T4 Hardware.TPUv4 Hardware.TPUv5p Hardware.TPUv6 Hardware.Tiny.ESP32
Hardware.Tiny.ESP32_S3 Hardware.Tiny.HimaxWE1 Hardware.Tiny.nRF52840 Hardware.Trainium2
Hardware.V100 Hardware.Workstation.DGX_Spark Hardware.Workstation.MacBookM3Max Hardware.iPhone
Infra.Grids.Norway Infra.Grids.Poland Infra.Grids.Quebec Infra.Grids.US_Avg Infra.Poland
Infra.Quebec Infra.Racks.AI_Standard Infra.Racks.Traditional Infra.US_Avg
Models.AlexNet Models.DLRM Models.GPT2 Models.GPT3 Models.GPT4
Models.GenerativeVision.StableDiffusion_v1_5 Models.Language.BERT_Base Models.Language.BERT_Large
Models.Language.GPT2 Models.Language.GPT3 Models.Language.GPT4 Models.Language.Llama2_70B
Models.Language.Llama3_70B Models.Language.Llama3_8B Models.Llama2_70B Models.Llama3_70B
Models.Llama3_8B Models.Mamba_2_8B Models.MobileNetV2 Models.Recommendation.DLRM Models.ResNet50
Models.StableDiffusion_v1_5 Models.StateSpace.Mamba_130M Models.StateSpace.Mamba_2_8B
Models.Tiny.AnomalyDetector Models.Tiny.DS_CNN Models.Tiny.WakeVision Models.Vision.AlexNet
Models.Vision.MobileNetV2 Models.Vision.ResNet50 Models.Vision.YOLOv8_Nano Models.WakeVision
Scenarios.AutonomousVehicle Scenarios.AutonomousVehicle_Waymo Scenarios.ChatbotServing
Scenarios.FrontierTraining Scenarios.KeywordSpotting Scenarios.LocalTraining
Scenarios.MobileHealth Scenarios.SmartDoorbell Scenarios.TinySensor
Systems.Cloud Systems.Clusters.Frontier_8K Systems.Clusters.Mega_100K
Systems.Clusters.Production_2K Systems.Clusters.Research_256 Systems.Edge
Systems.Fabrics.Ethernet_100G Systems.Fabrics.Ethernet_10G Systems.Fabrics.InfiniBand_HDR
Systems.Fabrics.InfiniBand_NDR Systems.Mobile Systems.Nodes.DGX_A100 Systems.Nodes.DGX_B200
Systems.Nodes.DGX_H100 Systems.Tiers.Cloud Systems.Tiers.Edge Systems.Tiers.Mobile
Systems.Tiers.Tiny Systems.Tiny
Tiers.Cloud Tiers.Edge Tiers.Mobile Tiers.Tiny
""".split()


@pytest.mark.parametrize("path", PATHS)
def test_a_name_leads_to_an_entry(path):
    entry = functools.reduce(getattr, path.split("."), mlsysim)

    assert entry.name
    assert type(entry).model_validate_json(entry.model_dump_json()) == entry


def test_no_name_was_forgotten():
    assert len(PATHS) == 142
