"""A claim, and what becomes of it when it is checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.claims.gates import Gate, mean_interval, middle_of
from landscaping.claims.numbers import bounds, number

MIME = "application/vnd.landscaping.claim+json"
Seeds = tuple[int, ...]


class ClaimFailed(AssertionError):  # noqa: N818 (the sentence failed, not the program)
    """A claim did not hold where it was measured; the message says both numbers."""


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
