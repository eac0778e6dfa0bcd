"""What the claims on loss landscapes read off their experiments, and what only controls need."""

from jaxtyping import Float
from torch import Tensor

from landscaping.optimization.loss_landscapes.cuts import RAW, Slices, slices
from landscaping.optimization.loss_landscapes.eigenvalues import Spectra
from landscaping.optimization.loss_landscapes.pairs import WIDTH
from landscaping.optimization.loss_landscapes.saddles import Escapes
from landscaping.optimization.loss_landscapes.ways import OWN_COPY, STRAIGHT, Crossing, parted


def same(result: Float[Tensor, "seed"]) -> Float[Tensor, "seed"]:
    """The result is the measure."""
    return result


def barrier_to(result: dict[int, Crossing], way: str) -> Float[Tensor, "seed"]:
    """The barrier on this way, at the middle width."""
    return result[WIDTH].barrier(way)


def relative_to(result: dict[int, Crossing], way: str) -> Float[Tensor, "seed"]:
    """The barrier on this way as a share of the straight one, at the middle width."""
    return result[WIDTH].relative(way)


def unshuffled(seeds: tuple[int, ...]) -> dict[int, Crossing]:
    """Every network beside a copy of itself with its units in their own order: nothing to cross."""
    found = parted(seeds)[WIDTH]
    flat = found.heights[STRAIGHT][:1].expand(len(found.heights[STRAIGHT]), -1)
    return {WIDTH: Crossing(found.heights | {OWN_COPY: flat}, found.middle, found.end)}


def changed_slice(result: Slices, kind: str) -> Float[Tensor, "seed"]:
    """How much rescaling changes the slice, relative to its rise."""
    return result.bent_by_scale(kind)


def raw_slices(seeds: tuple[int, ...]) -> Slices:
    """Raw slices, taken for filter-normalized ones."""
    cut = slices(seeds)
    heights = {(kind, scale): cut.heights[RAW, scale] for kind, scale in cut.heights}
    return Slices(heights, cut.answers_moved)


def seen_by_slices(result: Spectra) -> Float[Tensor, "seed"]:
    """The largest curvature that any random slice shows, as a share of the largest."""
    return result.bottom.sliced.amax(1) / result.bottom.largest


def standing_out(result: Spectra) -> Float[Tensor, "seed"]:
    """How many curvatures at the bottom exceed a tenth of the largest."""
    return result.bottom.standing_out


def louder_bottom(result: Spectra) -> Float[Tensor, "seed"]:
    """Largest curvature at the bottom of networks born louder, over that of those born as usual."""
    return result.loud_bottom / result.bottom.largest


def lowest_curvature(result: Escapes) -> Float[Tensor, "seed"]:
    """The lowest curvature where the network stands."""
    return result.place.curvatures()[:, 0]


def delay_over_foretold(result: Escapes) -> Float[Tensor, "seed"]:
    """Steps that a ten times smaller nudge costs, over those foretold from the curvature alone."""
    left = result.left()
    return (left[-1] - left[0]) / (len(left) - 1) / result.foretold


def left_over(result: Escapes) -> Float[Tensor, "seed"]:
    """Loss at the end as a share of the loss at the start, for the nudge that got least far."""
    return result.relative[:, -1].amax(0)
