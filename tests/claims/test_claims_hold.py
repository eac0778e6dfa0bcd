"""Every claim of the book on seeds that no chapter shows, and its gate failing on its control."""

import json
import re

import pytest

from claims.chapters import ROOT, Runs, chapters, claims_of
from claims.rates import RATES, entry

UNSEEN = 1000
CLAIMS = [(chapter, claim) for chapter in chapters() for claim in claims_of(chapter)]
NAMES = [claim.label for _, claim in CLAIMS]


@pytest.fixture(scope="module")
def runs():
    return Runs()


@pytest.fixture(scope="session")
def shown(site):
    """What the site prints of each claim, by label."""
    return {record["id"]: record for record in json.loads((site / "claims.json").read_text())}


def unseen(shown, claim):
    """As many seeds as the chapter shows, none of them among those."""
    count = shown[claim.label]["seeds"]
    return tuple(range(UNSEEN, UNSEEN + (1 if count == "exact" else count)))


@pytest.mark.slow
@pytest.mark.parametrize(("chapter", "claim"), CLAIMS, ids=NAMES)
def test_the_claim_holds_on_unseen_seeds(chapter, claim, shown, runs):
    measured = runs.measured(claim, unseen(shown, claim))
    assert claim.gate.holds(measured), f"{claim.label} of {chapter}: measured {measured}, wanted {claim.gate}"


@pytest.mark.slow
@pytest.mark.parametrize(("chapter", "claim"), CLAIMS, ids=NAMES)
def test_the_gate_fails_on_the_control(chapter, claim, shown, runs):
    measured = runs.control(claim, unseen(shown, claim))
    assert not claim.gate.holds(measured), (
        f"{claim.label} of {chapter} passes on {claim.control_is}: {measured}"
    )


@pytest.mark.parametrize("chapter", chapters())
def test_a_chapter_shows_all_its_claims_and_no_other(chapter, shown):
    stated = {claim.label for claim in claims_of(chapter)}
    assert stated == {label for label, record in shown.items() if record["chapter"] == chapter}


@pytest.mark.parametrize("chapter", chapters())
def test_a_chapter_has_four_claims_of_which_two_are_trained(chapter):
    claims = claims_of(chapter)
    assert len(claims) >= 4
    assert sum(not claim.exact for claim in claims) >= 2


def test_every_claim_on_the_site_holds_and_names_a_section(shown):
    for record in shown.values():
        assert record["holds"] is True
        assert record["seeds"] == "exact" or record["seeds"] >= 8
        assert re.fullmatch(r"(ch|sec)-[a-z0-9-]+", record["section"])


def test_citations_of_claims_are_in_the_bibliography():
    bibliography = (ROOT / "book/references.bib").read_text()
    for _, claim in CLAIMS:
        assert not claim.citation or f"{{{claim.citation}," in bibliography, claim.label


@pytest.mark.parametrize(("chapter", "claim"), CLAIMS, ids=NAMES)
def test_the_claim_was_run_on_64_seeds_before_it_landed(chapter, claim):
    kept = json.loads(RATES.read_text())
    assert claim.label in kept, f"run `make rates CHAPTER={chapter}`"
    rate = kept[claim.label]
    assert rate["gate"] == entry(claim)["gate"], (
        f"the gate of {claim.label} changed: `make rates CHAPTER={chapter}`"
    )
    assert claim.exact or rate["groups_that_hold"] >= 7
