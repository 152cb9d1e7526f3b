"""Small machines: scenarios with their limits, and the same on another device."""

from mlsysim import Applications, Engine, Hardware, Scenarios

for name in ("SmartDoorbell", "KeywordSpotting", "AutonomousVehicle"):
    scenario = getattr(Scenarios, name)
    found = scenario.evaluate()
    print(found.scorecard())
    assert found.scenario is scenario

doorbell = Applications.Doorbell
other = doorbell.model_copy(update={"system": Hardware.Edge.Coral})
before, after = doorbell.evaluate(), other.evaluate()
assert after.profile.latency < before.profile.latency
assert Hardware.Tiny.list()
small = Engine.solve("DS_CNN", Hardware.Tiny.nRF52840, precision="int8")
assert small.feasible and small.latency.m_as("ms") > 0
