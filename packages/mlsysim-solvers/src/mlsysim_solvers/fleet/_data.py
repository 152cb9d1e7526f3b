"""Whether data arrive as fast as devices take them: store, host, link."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._arguments import find_hardware, whole_number
from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.catalog import find
from mlsysim_core.deprecation import OldAttribute
from mlsysim_core.errors import InputTypeError, MissingValueError
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, StorageSpec

from .._amounts import Amount, amount
from .._quantities import as_quantity
from ._fleet import host_link

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["DataModel", "DataResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class DataResult(Answer):
    """What each stage of the way supplies, and what is asked of it."""

    _former: ClassVar[Values] = {
        "margin": OldAttribute(
            ".supply_bw - .demand_bw", lambda data: data.supply_bw - data.demand_bw
        ),
    }

    demand: float
    """Of all devices together. [byte / s]"""
    stages: tuple[tuple[str, float], ...]
    """What each stage lets through, for all devices together. [byte / s]"""

    @property
    def bottleneck(self) -> str:
        """The slowest stage."""
        return min(self.stages, key=lambda stage: stage[1])[0]

    @property
    def supply(self) -> float:
        """What the slowest stage lets through. [byte / s]."""
        return min(bandwidth for _, bandwidth in self.stages)

    @property
    def demand_bw(self) -> "Quantity":
        """What all devices together take. [byte / s]."""
        return as_quantity(self.demand, "byte/s")

    @property
    def supply_bw(self) -> "Quantity":
        """What the slowest stage lets through. [byte / s]."""
        return as_quantity(self.supply, "byte/s")

    @property
    def utilization(self) -> float:
        """Demand over supply; above one, devices wait."""
        return self.demand / self.supply

    @property
    def is_stalled(self) -> bool:
        """Whether devices wait for data."""
        return self.demand > self.supply

    @property
    def device_utilization(self) -> float:
        """Part of the time in which devices have data to work on."""
        return min(self.supply / self.demand, 1.0)

    def explain(self) -> str:
        """Say what each stage lets through."""
        lines = [f"  {self.demand / 1e9:>12,.5g} GB/s  asked for"]
        lines += [
            f"  {bandwidth / 1e9:>12,.5g} GB/s  {name}"
            f"{', the bottleneck' if name == self.bottleneck else ''}"
            for name, bandwidth in self.stages
        ]
        lines.append(f"  devices have data {self.device_utilization:.1%} of the time")
        return "\n".join(lines)


class DataModel(Solver):
    """Data on their way from a store through a host and a link to devices.

    References
    ----------
    .. [1] J. Mohan, A. Phanishayee, A. Raniwala, and V. Chidambaram, "Analyzing and
       mitigating data stalls in DNN training," Proc. VLDB Endow., vol. 14, no. 5, 2021.
       arXiv:2007.06775.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "stages work side by side",
        "every device has a link of its own; store and host are shared",
        "samples are read once; nothing is cached",
    )
    bounds: ClassVar[str] = (
        "the supply is bounded from above, stalls from below: stages run at their published rates"
    )

    def solve(
        self,
        workload_data_rate: Amount,
        hardware: HardwareSpec | str,
        *,
        devices: int = 1,
        storage: StorageSpec | str | None = None,
        storage_bandwidth: Amount | None = None,
        stores: int = 1,
        sample_size: Amount | None = None,
        host_rate: Amount | None = None,
    ) -> DataResult:
        """Compare demand with supply.

        Parameters
        ----------
        workload_data_rate : quantity
            What one device takes, such as ``"2 GB/s"``. [byte / s]
        hardware : HardwareSpec or str
            The device.
        devices : int
            How many take data.
        storage : StorageSpec or str, optional
            The store, or its name: its published rate of reading.
        storage_bandwidth : quantity, optional
            Of one store, in place of that. [byte / s]
        stores : int
            Stores that are read at the same time.
        sample_size : quantity, optional
            Of one random read; the store's reads in a second then limit it too. [byte]
        host_rate : quantity, optional
            At which hosts decode and transform, all together; no limit if not given. [byte / s]

        Returns
        -------
        DataResult
            Supply of each stage, and the bottleneck.

        Raises
        ------
        MissingValueError
            If the rate of the store or of the link is neither given nor published.
        InputError, InputTypeError
            If an argument cannot be used.
        """
        device = find_hardware(hardware)
        count = whole_number("devices", devices)
        demand = amount("workload_data_rate", workload_data_rate, "byte/s") * count
        each = _reading(storage, storage_bandwidth, sample_size)
        stages = [("store", each * whole_number("stores", stores))]
        if host_rate is not None:
            stages.append(("host", amount("host_rate", host_rate, "byte/s")))
        stages.append(("link", host_link(device) * count))
        return DataResult(demand=demand, stages=tuple(stages))


def _reading(
    storage: StorageSpec | str | None, given: Amount | None, sample_size: Amount | None
) -> float:
    if given is not None:
        return amount("storage_bandwidth", given, "byte/s")
    if storage is None:
        raise MissingValueError(
            "how fast data are read is not known: give storage, or storage_bandwidth"
        )
    spec = find("storage", storage) if isinstance(storage, str) else storage
    if not isinstance(spec, StorageSpec):
        raise InputTypeError(f"storage must be a StorageSpec or a name, got {storage!r:.80}")
    found = spec.number("read")
    if found is None:
        raise MissingValueError(
            f"{spec.name} has no published rate of reading: give storage_bandwidth"
        )
    if sample_size is None:
        return found
    size = amount("sample_size", sample_size, "byte")
    if spec.reads_per_second is None:
        raise MissingValueError(
            f"{spec.name} has no published reads_per_second, which sample_size needs"
        )
    return min(found, spec.reads_per_second * size)
