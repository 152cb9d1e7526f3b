"""One copy of a model on its devices: how long each pass of it takes, and what it keeps."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mlsysim_core.account import add_up
from mlsysim_core.device import Machine, machine
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.formats import WIDTH, resolve
from mlsysim_core.operators import Lowered
from mlsysim_core.physics.energy import pass_energy
from mlsysim_core.specs import HardwareSpec, ModelSpec, StackSpec

from .._cluster import Cluster
from ._adapters import adapted, adapter_bytes
from ._layout import Layout, check_layout, key_value_groups, shared
from ._links import exchange_seconds, node_of, send_seconds
from ._passes import Widths, chunk_pass, decode_pass, mixed_pass, verify_pass
from ._timed_pass import Pass, pass_of

__all__ = ["Replica", "format_or_none"]

ALONE = Layout()
_ROUTED = {"experts.up", "experts.down"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Replica:
    """A model on its devices at its precisions, on a stack."""

    model: ModelSpec
    hardware: HardwareSpec
    stack: StackSpec
    precision: str
    activation_precision: str | None = None
    kv_precision: str | None = None
    efficiency: float | None = None
    layout: Layout = ALONE
    links: Cluster | None = None
    """What joins the devices; their own links within one node if not given."""
    weight_bytes: float | None = None
    """Width of a stored weight, where scales make it wider than its format. [byte]"""
    expert_bytes: float | None = None
    """Width of a weight of routed experts, where it is another. [byte]"""
    adapters: int = 0
    """Low-rank adapters that requests choose from."""
    adapter_rank: int = 16
    offload: float = 0.0
    """Part of the cache that lies in the host's memory, and is read from there."""

    def __post_init__(self) -> None:
        if not self.model.autoregressive:
            raise InputError(
                f"{self.model.name} does not write token after token: serve it with Engine.solve"
            )
        check_layout(self.model, self.layout)

    @property
    def machine(self) -> Machine:
        """The device as numbers."""
        arithmetic = self.activation_precision or self.precision
        return machine(self.hardware, arithmetic, self.stack, self.precision)

    @property
    def widths(self) -> Widths:
        """Bytes of a weight, an activation, a cached element."""
        return _widths(
            self.precision, self.activation_precision, self.kv_precision, self.weight_bytes
        )

    @property
    def devices(self) -> int:
        """Devices that the copy occupies."""
        return self.layout.devices

    def cluster(self) -> Cluster | None:
        """Return what joins the devices."""
        if self.devices == 1:
            return None
        return self.links or node_of(self.hardware, self.devices)

    def prefill(self, batch: float, new: float, cached: float = 0.0) -> Pass:
        """Read ``new`` tokens of each prompt, after ``cached`` ones."""
        stages = self.layout.pipeline
        waves = min(float(stages), max(self._own(batch), 1.0))
        each = self._own(batch) / waves
        own = chunk_pass(self.model, self.widths, each, new, cached)
        whole = chunk_pass(self.model, self.widths, self._all(each), new, cached)
        one = self._with_crossing(self.timed(own, whole), each, new)
        # Some prompts follow others through the stages.
        return one if stages == 1 else one.times((waves + stages - 1.0) / stages)

    def write(self, batch: float, context: float) -> Pass:
        """Write one token of each sequence, and do what the engine's loop does around it."""
        return self.looped(self.decode(batch, context), batch)

    def looped(self, step: Pass, batch: float) -> Pass:
        """Add the engine's loop around a step; power does not fall within its milliseconds."""
        watts = 0.0 if step.joules is None else step.joules / step.seconds
        return step.plus("overhead", self.loop(batch, step.seconds), watts)

    def loop(self, sequences: float, beside: float) -> float:
        """Return what the engine's loop adds to a step of so many sequences and seconds [s]."""
        habits = self.stack.serving
        work = sequences * (habits.number("per_sequence") or 0.0)
        if habits.overlapped:
            work = max(work - beside, 0.0)
        return (habits.number("per_step") or 0.0) + work

    @property
    def front_end(self) -> float:
        """Time of a request between its client and the scheduler [s]."""
        return self.stack.serving.number("front_end") or 0.0

    def decode(self, batch: float, context: float) -> Pass:
        """Pass one token of each sequence through the model."""
        each = self._in_flight(batch)
        own = decode_pass(self.model, self.widths, each, context)
        whole = decode_pass(self.model, self.widths, self._all(each), context)
        return self._with_crossing(self.timed(own, whole), each, context)

    def _with_crossing(self, one: Pass, batch: float, context: float) -> Pass:
        """Add the time in which the cache in the host's memory crosses the link."""
        if not self.offload:
            return one
        link = self.machine.host
        if link is None:
            raise MissingValueError(f"{self.hardware.name} has no published link to its host")
        own = decode_pass(self.model, self.widths, batch, context)
        seconds = self.offload * float(self._on_one_device(own).cache) / link
        return one.plus("host", seconds, self.machine.idle * self.devices)

    def verify(self, batch: float, context: float, tokens: int) -> Pass:
        """Score proposed tokens of each sequence."""
        each = self._in_flight(batch)
        own = verify_pass(self.model, self.widths, each, context, tokens)
        whole = verify_pass(self.model, self.widths, self._all(each), context, tokens)
        return self.timed(own, whole)

    def mixed(self, decoding: float, context: float, new: float, cached: float = 0.0) -> Pass:
        """Write one token of each sequence, and read a chunk of another's prompt."""
        each = self._in_flight(decoding) if decoding else 0.0
        own = mixed_pass(self.model, self.widths, each, context, new, cached)
        groups = self.layout.data
        whole = own
        if groups > 1:
            # Prompts spread over the groups; the experts see all of them.
            whole = mixed_pass(self.model, self.widths, each * groups, context, new, cached)
        return self.timed(own, whole)

    def held(self, batch: float, context: float) -> Lowered:
        """What one device keeps in memory while the batch decodes."""
        own = decode_pass(self.model, self.widths, self._own(batch), context)
        return self._on_one_device(self._stored(own))

    def _stored(self, lowered: Lowered) -> Lowered:
        """Give routed experts a width of their own, and add the adapters."""
        if self.adapters:
            lowered = adapted(lowered, self.adapters, self.adapter_rank)
        if self.expert_bytes is None:
            return lowered
        ratio = self.expert_bytes / self.widths.weights
        experts = _expert_bytes(self.model, self.widths.weights)
        return lowered._replace(
            operators=tuple(
                one.changed(weights=one.weights * ratio) if one.name in _ROUTED else one
                for one in lowered.operators
            ),
            weights=lowered.weights + (ratio - 1.0) * experts if lowered.weights else 0.0,
        )

    def _on_one_device(self, own: Lowered) -> Lowered:
        """Share what a group keeps in memory among its devices."""
        layout = self.layout
        if layout.devices == 1:
            return own
        if not own.weights:
            experts = 0.0
        else:
            experts = _expert_bytes(self.model, self.expert_bytes or self.widths.weights)
        weights = (float(own.weights) - experts) / layout.tensor + experts / layout.expert_ranks
        cache = float(own.cache) / key_value_groups(self.model, layout.tensor)
        return own._replace(
            weights=weights / layout.pipeline,
            cache=cache / layout.pipeline,
            activations=float(own.activations) / layout.tensor,
        )

    def adapter_memory(self) -> float:
        """Return the memory of all adapters on one device [byte]."""
        if not self.adapters:
            return 0.0
        one = adapter_bytes(decode_pass(self.model, self.widths, 1.0, 1.0), self.adapter_rank)
        return self.adapters * one / (self.layout.tensor * self.layout.pipeline)

    def _own(self, batch: float) -> float:
        """Sequences of one data-parallel group."""
        return max(batch / self.layout.data, 1.0) if self.layout.data > 1 else batch

    def _all(self, each: float) -> float:
        return each * self.layout.data

    def _in_flight(self, batch: float) -> float:
        """Sequences that pass together, where stages work on different ones."""
        stages = self.layout.pipeline
        each = self._own(batch)
        return max(each / stages, 1.0) if stages > 1 else each

    def part(self, own: Lowered, whole: Lowered) -> tuple[Lowered, float]:
        """Return what one device does of a pass, and the time of its collectives [s]."""
        layout = self.layout
        same = whole is own
        own = self._stored(own)
        if layout.devices == 1:
            return own, 0.0
        whole = own if same else self._stored(whole)
        operators, exchanges = shared(own.operators, whole.operators, self.model, layout)
        links = self.cluster()
        assert links is not None  # noqa: S101  # several devices have links
        waiting = self.stack.number("exchange") or 0.0
        exchange = sum(
            (exchange_seconds(one, links) + one.count * waiting for one in exchanges), 0.0
        )
        if layout.pipeline > 1:
            size = float(own.items) * self.model.architecture.hidden * self.widths.activations  # type: ignore[union-attr]
            hop = send_seconds(size / layout.tensor, links, layout.tensor * layout.data)
            exchange += (layout.pipeline - 1) * hop
        return self._on_one_device(own)._replace(operators=operators), exchange

    def timed(self, own: Lowered, whole: Lowered) -> Pass:
        """Time one pass of a group, whose experts serve those of all groups."""
        device = self.machine
        layout = self.layout
        own, exchange = self.part(own, whole)
        account = add_up(own, device, self.efficiency)
        joules = None
        if device.power is not None:
            seconds = account.latency + exchange
            one = pass_energy(
                seconds, account.arithmetic, account.movement, device.power, device.idle
            )
            if layout.pipeline > 1:
                # One stage works at a time for these sequences; the others for others'.
                one = one / layout.pipeline
            joules = float(one) * layout.devices
        return pass_of(account, exchange, joules, float(own.activations))


@lru_cache(maxsize=256)
def _widths(
    precision: str, activations: str | None, cache: str | None, stored: float | None
) -> Widths:
    # As in the engine: a narrow format is one of weights, and activations stay at 16 bits.
    asked = WIDTH[precision] if activations is None else WIDTH[activations]
    wide = max(asked, 2.0)
    return Widths(
        WIDTH[precision] if stored is None else stored,
        wide,
        wide if cache is None else WIDTH[cache],
    )


@lru_cache(maxsize=256)
def _expert_bytes(model: ModelSpec, width: float) -> float:
    shape: Any = model.architecture
    experts = getattr(shape, "experts", None)
    if experts is None:
        return 0.0
    return float(shape.expert_layers * experts.count * shape.expert_parameters * width)


def format_or_none(value: Any, parameter: str) -> str | None:
    """Accept the name of a number format, or nothing."""
    return None if value is None else resolve(value, parameter)
