"""Networks by their shape: bisection, hops, and what each node gets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._arguments import check_choice, whole_number
from mlsysim_core.answer import Answer
from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, InputTypeError
from mlsysim_core.solver import Solver
from mlsysim_core.specs import FabricSpec

from .._amounts import at_least
from .._quantities import as_quantity
from ._topology_shapes import SHAPES, Asked, Shape

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["TopologyModel", "TopologyResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class TopologyResult(Answer):
    """What a network of a shape lets through."""

    fabric: str
    topology: str
    num_nodes: int
    shape: Shape

    @property
    def bisection_bw(self) -> "Quantity":
        """Bandwidth between its halves, one way. [byte / s]."""
        return as_quantity(self.shape.bisection, "byte/s")

    @property
    def bisection_bw_fraction(self) -> float:
        """That, over what half of the nodes could send; never above one."""
        return min(self.shape.bisection / (self.num_nodes / 2.0 * self.shape.injection), 1.0)

    @property
    def injection_bw(self) -> "Quantity":
        """Bandwidth of one node into the network, one way. [byte / s]."""
        return as_quantity(self.shape.injection, "byte/s")

    @property
    def effective_bandwidth(self) -> float:
        """Bandwidth of one node, if all send to all evenly. [byte / s]."""
        return min(self.shape.share, self.shape.injection)

    @property
    def effective_bw(self) -> "Quantity":
        """Bandwidth of one node, if all send to all evenly. [byte / s]."""
        return as_quantity(self.effective_bandwidth, "byte/s")

    @property
    def hops_avg(self) -> float:
        """Links between two nodes, on average."""
        return self.shape.hops

    @property
    def diameter(self) -> int:
        """Links between the two nodes that are furthest apart."""
        return self.shape.diameter

    def explain(self) -> str:
        """Say what the network is made of, and what limits it."""
        middle = self.shape.share < self.shape.injection
        limit = "the middle of the network" if middle else "its own ports"
        part = f"{self.bisection_bw_fraction:.1%} of what half of the nodes send"
        lines = [f"{self.num_nodes:,} nodes on {self.fabric}, {self.topology}: "]
        lines[0] += self.shape.structure
        lines += [""]
        for name, bandwidth in (
            ("one node into the network", self.shape.injection),
            (f"between its halves, {part}", self.shape.bisection),
            (f"one node, if all send to all, limited by {limit}", self.effective_bandwidth),
        ):
            lines.append(f"  {bandwidth / 1e9:>12,.6g} GB/s  {name}")
        lines.append(f"  {self.hops_avg:>12.4g} hops  on average, {self.diameter} at most")
        return "\n".join(lines)


class TopologyModel(Solver):
    """Bisection, hops and fair share of a network, by its shape.

    References
    ----------
    .. [1] W. J. Dally and B. Towles, Principles and Practices of Interconnection Networks.
       Morgan Kaufmann, 2004.
    .. [2] J. Kim, W. J. Dally, S. Scott, and D. Abts, "Technology-driven, highly-scalable
       dragonfly topology," in ISCA, 2008. doi:10.1109/ISCA.2008.19.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "routing is minimal",
        "bandwidths are one way",
        "a dragonfly is balanced: a router has as many links to other groups as nodes",
    )
    bounds: ClassVar[str] = (
        "bandwidths are bounded from above: routing is perfect, and no message blocks another"
    )

    def solve(
        self,
        fabric: FabricSpec | str,
        topology: str | None = None,
        num_nodes: int = 64,
        *,
        ports: int = 1,
        radix: int = 64,
        oversubscription: float | None = None,
        dimensions: tuple[int, ...] | None = None,
    ) -> TopologyResult:
        """Work out a network.

        Parameters
        ----------
        fabric : FabricSpec or str
            Its links, or their name.
        topology : str, optional
            ``"fat_tree"``, ``"rail"``, ``"dragonfly"``, ``"torus"``, ``"ring"`` or ``"mesh"``;
            that of the fabric if not given.
        num_nodes : int
            Nodes, at least two.
        ports : int
            Of one node, in a fat tree or as rails.
        radix : int
            Ports of one switch of a fat tree.
        oversubscription : float, optional
            Of a fat tree; that of the fabric if not given.
        dimensions : tuple of int, optional
            Sides of a torus or a mesh; three and two, as even as can be, if not given.

        Returns
        -------
        TopologyResult
            Bisection, injection, fair share, hops.

        Raises
        ------
        InputError, InputTypeError
            If an argument cannot be used.
        """
        links = find("fabric", fabric) if isinstance(fabric, str) else fabric
        if not isinstance(links, FabricSpec):
            raise InputTypeError(f"fabric must be a FabricSpec or a name, got {fabric!r:.80}")
        chosen = check_choice("topology", topology or links.topology, tuple(SHAPES))
        if dimensions is not None:
            if chosen not in {"torus", "mesh"}:
                raise InputError(f"dimensions is for a torus or a mesh, not for a {chosen}")
            if not isinstance(dimensions, tuple | list):
                raise InputTypeError(f"dimensions must be sides, got {dimensions!r:.80}")
            dimensions = tuple(whole_number("dimensions", side, 2) for side in dimensions)
        thinned = links.oversubscription if oversubscription is None else oversubscription
        asked = Asked(
            nodes=whole_number("num_nodes", num_nodes, 2),
            bandwidth=links.number("bandwidth") or 0.0,
            ports=whole_number("ports", ports),
            radix=whole_number("radix", radix, 2),
            oversubscription=at_least("oversubscription", thinned, 1.0),
            dimensions=dimensions,
        )
        return TopologyResult(
            fabric=links.name,
            topology=chosen,
            num_nodes=asked.nodes,
            shape=SHAPES[chosen](asked),
        )
