"""A doorbell, as a scorecard, and on another chip."""

from mlsysim import Applications, Hardware
from mlsysim.core.scenarios import Scenarios

doorbell = Applications.Doorbell
print(doorbell.evaluate().scorecard())
assert Scenarios.SmartDoorbell is doorbell
other = doorbell.model_copy(update={"system": Hardware.Tiny.nRF52840})
assert other.evaluate().profile.latency.m_as("ms") > 0
