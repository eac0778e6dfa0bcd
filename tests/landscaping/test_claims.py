import pytest
import torch

from landscaping.claims import MIME, Claim, ClaimFailed, Gate, every, interval, mean, median, share
from landscaping.claims.numbers import bounds, number

HEIGHTS = torch.tensor([1.0, 2.0, 3.0, 4.0])


def claim(**changes):
    settings = {
        "label": "claim-test-height",
        "sentence": "Every tree is higher than a man.",
        "experiment": lambda seeds: HEIGHTS,
        "measure": lambda result: result,
        "gate": every(at_least=0.5),
        "control": lambda seeds: torch.zeros(len(seeds)),
        "control_is": "seedlings",
        "unit": "m",
    }
    return Claim(**settings | changes)


@pytest.mark.parametrize(
    ("gate", "holds"),
    [
        (every(at_least=1), True),
        (every(at_least=1, at_most=3), False),
        (share(0.75, at_most=3), True),
        (share(0.76, at_most=3), False),
        (median(at_least=2, at_most=2.5), True),
        (median(at_least=2.6), False),
        (mean(at_least=2.4, at_most=2.6), True),
        (mean(at_most=2.4), False),
        (interval(at_least=0.4), True),
        (interval(at_least=0.5), False),
    ],
    ids=str,
)
def test_a_gate_judges_the_seeds_together(gate, holds):
    assert gate.holds(HEIGHTS) is holds


@pytest.mark.parametrize("make", [every, median, mean, interval, lambda **b: share(0.5, **b)])
def test_what_is_not_a_number_never_passes(make):
    assert not make(at_least=0).holds(torch.full((4,), float("nan")))


def test_a_claim_that_holds_becomes_a_record_for_the_page():
    record = claim(statements=("A1",)).check(HEIGHTS)._repr_mimebundle_()[MIME]
    assert record["measured"] == "median 2.5 m"
    assert record["spread"] == "seeds from 1 to 4; 4 of 4 within"
    assert record["gate"] == "every seed at least 0.5"
    assert (record["seeds"], record["holds"], record["statements"]) == (4, True, ["A1"])


def test_an_exact_claim_says_so_instead_of_counting_seeds():
    record = claim(exact=True, measure=lambda r: 1e-14, gate=every(at_most=1e-12)).check(None).record()
    assert (record["seeds"], record["spread"], record["gate"]) == ("exact", "exact", "at most 1.0 · 10⁻¹²")


def test_a_claim_that_fails_is_named_with_both_numbers():
    with pytest.raises(
        ClaimFailed, match=r"claim-test-height does not hold: measured median 2.5 m.*at least 3"
    ):
        claim(gate=every(at_least=3)).check(HEIGHTS)


def test_the_control_must_fail_the_gate():
    assert claim().control_fails((0, 1))
    assert not claim(control=lambda seeds: HEIGHTS).control_fails((0, 1))


@pytest.mark.parametrize("missing", ["gate", "control", "experiment"])
def test_a_claim_without_gate_or_control_is_refused(missing):
    with pytest.raises(TypeError, match=f"claim-test-height: {missing}|parameter '{missing}'"):
        claim(**{missing: None})
    with pytest.raises(TypeError):
        Claim(**{k: v for k, v in vars(claim()).items() if k != missing})


def test_a_gate_without_bounds_is_refused():
    with pytest.raises(ValueError, match="cannot fail"):
        Gate("every")


def test_a_published_value_needs_its_citation():
    with pytest.raises(ValueError, match="citation"):
        claim(published="2 m")
    with pytest.raises(ValueError, match="empty control_is"):
        claim(control_is="")


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0, "0"), (75, "75"), (12345, "12345"), (0.00123, "0.00123"), (1e-13, "1.0 · 10⁻¹³"), (-0.5, "-0.5")],
)
def test_numbers_are_printed_as_a_reader_writes_them(value, printed):
    assert number(value) == printed


def test_bounds_in_words():
    assert bounds(0.9, 1.15) == "from 0.9 to 1.15"
    assert bounds(-float("inf"), 2) == "at most 2"
