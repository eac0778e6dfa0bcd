"""A sentence of the book that can turn out false: measured, gated, and shown failing on a control."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.spread import paired_difference

MIME = "application/vnd.landscaping.claim+json"
Seeds = tuple[int, ...]
Judge = Literal["every", "share", "median", "mean", "interval"]


class ClaimFailed(AssertionError):  # noqa: N818 (the sentence failed, not the program)
    """A claim did not hold where it was measured; the message says both numbers."""


@dataclass(frozen=True)
class Gate:
    """What the seeds together must satisfy. Built by `every`, `share`, `median`, `mean`, `interval`."""

    judge: Judge
    at_least: float = -float("inf")
    at_most: float = float("inf")
    fraction: float = 1.0

    def __post_init__(self) -> None:
        if self.at_least == -float("inf") and self.at_most == float("inf"):
            raise ValueError("a gate got no bound, wants at_least= or at_most=: without one it cannot fail")

    def within(self, value: float) -> bool:
        """Whether one number lies within the bounds; what is not a number does not."""
        return self.at_least <= value <= self.at_most

    def passing(self, measured: Float[Tensor, "seed"]) -> int:
        """How many seeds lie within the bounds."""
        return sum(map(self.within, measured.tolist()))

    def holds(self, measured: Float[Tensor, "seed"]) -> bool:
        """Whether the seeds together satisfy the gate."""
        if self.judge in ("every", "share"):
            return self.passing(measured) >= self.fraction * len(measured) - 1e-9
        if self.judge == "interval":
            return all(map(self.within, mean_interval(measured)))
        return self.within(middle_of(self.judge, measured))

    def __str__(self) -> str:
        of = {
            "every": "every seed",
            "share": f"{number(self.fraction * 100)} % of the seeds",
            "median": "median",
            "mean": "mean",
            "interval": "95 % interval of the mean",
        }[self.judge]
        return f"{of} {bounds(self.at_least, self.at_most)}"


def every(at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """Each single seed lies within the bounds."""
    return Gate("every", at_least, at_most)


def share(fraction: float, at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """At least this fraction of the seeds lies within the bounds."""
    return Gate("share", at_least, at_most, fraction)


def median(at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """The median over seeds lies within the bounds."""
    return Gate("median", at_least, at_most)


def mean(at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """The mean over seeds lies within the bounds."""
    return Gate("mean", at_least, at_most)


def interval(at_least: float = -float("inf"), at_most: float = float("inf")) -> Gate:
    """The whole 95 % interval of the mean over seeds lies within the bounds: for small paired differences."""
    return Gate("interval", at_least, at_most)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence, how it is measured, what must hold, and the control on which that must fail.

    `experiment` takes seeds and returns what `measure` reads; claims that share an experiment share its
    result. `control` is another experiment (untrained, shuffled, smaller step, wrong constant). A claim
    that is `exact` hangs on no seed; it is measured once, with the first.
    """

    label: str
    sentence: str
    experiment: Callable[[Seeds], Any]
    measure: Callable[[Any], Tensor | float]
    gate: Gate
    control: Callable[[Seeds], Any]
    control_is: str
    unit: str = ""
    published: str = ""
    citation: str = ""
    statements: tuple[str, ...] = ()
    exact: bool = False

    def __post_init__(self) -> None:
        for name in ("label", "sentence", "control_is"):
            if not getattr(self, name):
                raise ValueError(f"a claim got an empty {name}; wants one (label: {self.label!r})")
        for name, kind in (("gate", Gate), ("control", Callable), ("experiment", Callable)):
            if not isinstance(getattr(self, name), kind):
                raise TypeError(
                    f"claim {self.label}: {name} is {getattr(self, name)!r}, wants a {kind.__name__}"
                )
        if bool(self.published) != bool(self.citation):
            raise ValueError(
                f"claim {self.label}: a published value needs its citation, and the other way round"
            )

    def measured(self, result: Any) -> Float[Tensor, "seed"]:
        """The measure of every seed; one number where the claim is exact."""
        return torch.atleast_1d(torch.as_tensor(self.measure(result), dtype=torch.float64).detach())

    def check(self, result: Any) -> "Checked":
        """The claim with its measure, ready for the page.

        Raises `ClaimFailed`, naming the claim and both numbers, when the gate does not hold.
        """
        measured = self.measured(result)
        if not self.gate.holds(measured):
            raise ClaimFailed(
                f"claim {self.label} does not hold: measured {summary(self, measured)} "
                f"({spread_of(self, measured)}), wanted {self.gate}. “{self.sentence}”"
            )
        return Checked(self, measured)

    def control_fails(self, seeds: Seeds) -> bool:
        """Whether the gate fails on the control, as it must."""
        return not self.gate.holds(self.measured(self.control(seeds)))


@dataclass(frozen=True)
class Checked:
    """A claim that held, and how; displays as a box on the site, as Markdown elsewhere."""

    claim: Claim
    values: Float[Tensor, "seed"]

    def record(self) -> dict[str, Any]:
        """What the box and `claims.json` print."""
        claim = self.claim
        return {
            "label": claim.label,
            "sentence": claim.sentence,
            "statements": list(claim.statements),
            "measured": summary(claim, self.values),
            "spread": spread_of(claim, self.values),
            "gate": f"{claim.gate}" if not claim.exact else bounds(claim.gate.at_least, claim.gate.at_most),
            "holds": True,
            "published": claim.published,
            "citation": claim.citation,
            "seeds": "exact" if claim.exact else len(self.values),
            "control": claim.control_is,
        }

    def _repr_mimebundle_(self, **_: Any) -> dict:
        record = self.record()
        text = (
            f"**Claim.** {record['sentence']}\n\nMeasured: {record['measured']} ({record['spread']}). "
            f"Gate: {record['gate']}. It fails on {record['control']}. Seeds: {record['seeds']}."
        )
        return {MIME: record, "text/markdown": text, "text/plain": text}


def number(value: float) -> str:
    """Three significant digits, as a reader writes them."""
    if value == 0 or 1e-3 <= abs(value) < 1e5:
        digits = f"{value:.3g}"
        return f"{value:.0f}" if "e" in digits else digits
    mantissa, power = f"{value:.1e}".split("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa} · 10{raised}"


def bounds(at_least: float, at_most: float) -> str:
    """The two bounds in words."""
    if at_least == -float("inf"):
        return f"at most {number(at_most)}"
    if at_most == float("inf"):
        return f"at least {number(at_least)}"
    return f"from {number(at_least)} to {number(at_most)}"


def middle_of(judge: Judge, measured: Float[Tensor, "seed"]) -> float:
    """The mean where the gate judges the mean, else the median."""
    if judge in ("mean", "interval"):
        return measured.double().mean().item()
    return measured.double().quantile(0.5).item()


def summary(claim: Claim, measured: Float[Tensor, "seed"]) -> str:
    """The one number of the box: the middle that the gate judges, with its unit."""
    name = "" if claim.exact else "mean " if claim.gate.judge in ("mean", "interval") else "median "
    return f"{name}{number(middle_of(claim.gate.judge, measured))} {claim.unit}".strip()


def spread_of(claim: Claim, measured: Float[Tensor, "seed"]) -> str:
    """How the seeds are spread, and how many lie within the gate's bounds."""
    if claim.exact or len(measured) == 1:
        return "exact"
    low, high = number(measured.min().item()), number(measured.max().item())
    if claim.gate.judge == "interval":
        ends = " to ".join(map(number, mean_interval(measured)))
        return f"seeds from {low} to {high}, 95 % interval of the mean {ends}"
    return f"seeds from {low} to {high}; {claim.gate.passing(measured)} of {len(measured)} within"


def mean_interval(measured: Float[Tensor, "seed"]) -> tuple[float, float]:
    """The 95 % interval of the mean (Student's t)."""
    paired = paired_difference(measured, torch.zeros_like(measured))
    return paired.low, paired.high


def claims_of(module: Any) -> Sequence[Claim]:
    """The claims that a chapter's module states, in its order."""
    return module.CLAIMS
