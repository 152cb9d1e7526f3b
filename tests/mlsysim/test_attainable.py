"""What every device of the registry attains, against what devices of its class are known to."""

import pytest
from mlsysim_core.catalog import find, names
from mlsysim_core.device import machine
from mlsysim_core.operators import Operator
from mlsysim_core.specs import optimized_stack

SIDE = {"microcontroller": 64.0, "processor": 4096.0, "accelerator": 16384.0}
ATTAINED = {
    "microcontroller": (0.25, 0.85),
    "processor": (0.4, 0.6),
    "accelerator": (0.4, 1.0),
}
"""Parts of its peak that a large multiplication reaches on a device of some class."""
SUSTAINED = 0.7, 0.95
"""Part of the bandwidth of its data sheet that a long stream reaches."""
NOMINAL = {"GenericServer", "ReferenceCPU"}
"""Processors of round numbers, which no data sheet describes."""


@pytest.mark.parametrize("name", sorted(set(names("hardware")) - NOMINAL))
def test_a_device_attains_what_its_class_does(name):
    device = find("hardware", name)
    peak, side = device.compute.peak, SIDE[device.device_class]
    wanted = ("fp16", "bf16", "int8", "fp32")
    precision = next((one for one in wanted if one in peak.formats), peak.formats[0])
    held = machine(device, precision, optimized_stack())
    shape = (side, side, side, 1.0)
    flops = 2.0 * side**3
    product = Operator("square", "matmul", 1, flops, 0.0, 0.0, 0.0, shape)
    low, high = ATTAINED[device.device_class]

    assert low <= flops / held.compute_time(product, None) / held.peak <= high
    low, high = SUSTAINED
    assert low <= held.bandwidth / device.memory.number("bandwidth") <= high
