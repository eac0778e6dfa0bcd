"""Each claim once on 64 seeds, in eight groups of eight; its pass rate is kept in `rates.json`.

`make rates CHAPTER=models/spectrum` renews one chapter's, `make rates` all of them.
"""

import json
import sys
from pathlib import Path
from typing import Any

import torch

from claims.chapters import Runs, chapters, claims_of
from landscaping.claims import Claim

RATES = Path(__file__).with_name("rates.json")
FIRST, GROUPS, GROUP = 2000, 8, 8


def entry(claim: Claim) -> dict[str, Any]:
    """What identifies the gate that was run."""
    return {"gate": str(claim.gate)}


def rate(claim: Claim, runs: list[Runs]) -> dict[str, Any]:
    """How many of the groups satisfy the gate, how many seeds lie within its bounds, and the extremes."""
    if claim.exact:
        measured = [runs[0].measured(claim, (FIRST,))]
    else:
        seeds = [tuple(range(FIRST + i * GROUP, FIRST + (i + 1) * GROUP)) for i in range(GROUPS)]
        measured = [run.measured(claim, group) for run, group in zip(runs, seeds, strict=True)]
    everyone = torch.cat(measured)
    return entry(claim) | {
        "groups": len(measured),
        "groups_that_hold": sum(claim.gate.holds(group) for group in measured),
        "seeds": "exact" if claim.exact else len(everyone),
        "seeds_within": claim.gate.passing(everyone),
        "lowest": float(f"{everyone.min():.4g}"),
        "highest": float(f"{everyone.max():.4g}"),
    }


def main(wanted: list[str]) -> None:
    """Run the wanted chapters, all by default, and keep what was found."""
    torch.set_num_threads(1)
    kept = json.loads(RATES.read_text()) if RATES.exists() else {}
    for chapter in wanted or chapters():
        runs = [Runs() for _ in range(GROUPS)]
        for claim in claims_of(chapter):
            kept[claim.label] = rate(claim, runs)
            print(chapter, claim.label, kept[claim.label], flush=True)
        RATES.write_text(json.dumps(dict(sorted(kept.items())), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
