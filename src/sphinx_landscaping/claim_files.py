"""`claims.json` and `claims.csv`: every claim with its address, and the verdicts on what it answers."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping.claims import ordered
from sphinx_landscaping.keeping import put
from sphinx_landscaping.verdicts import about

COLUMNS = ("id", "sentence", "holds", "measured", "spread", "gate", "seeds", "published", "citation",
           "statements", "verdicts", "chapter", "section", "address")  # fmt: skip


def entries(app: Sphinx) -> list[dict[str, Any]]:
    """All claims in the order of the book."""
    return [claim | more(app, claim) for claim in ordered(app.env)]


def more(app: Sphinx, claim: dict[str, Any]) -> dict[str, Any]:
    """What the site adds to a claim: its address, and the verdicts."""
    page = app.builder.get_target_uri(claim["chapter"])
    address = f"{app.config.html_baseurl.rstrip('/')}/{page}" if app.config.html_baseurl else page
    return {"address": f"{address}#{claim['id']}", "verdicts": verdicts(app.env, claim)}


def verdicts(env: BuildEnvironment, claim: dict[str, Any]) -> dict[str, list[str]]:
    """For each statement that a claim answers, the words of the verdicts on it."""
    return {name: [found["verdict"] for found in about(env, name, claim["chapter"])]
            for name in claim["statements"]}  # fmt: skip


def as_csv(claims: list[dict[str, Any]]) -> str:
    """The same as a table; several statements and verdicts stand in one cell, apart by semicolons."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    for claim in claims:
        said = [f"{name} {word}" for name, words in claim["verdicts"].items() for word in words]
        several = {"statements": "; ".join(claim["statements"]), "verdicts": "; ".join(said)}
        table.writerow({name: (claim | several)[name] for name in COLUMNS})
    return text.getvalue()


def publish(app: Sphinx, failed: Exception | None) -> None:
    """Write both files beside the pages."""
    if failed is None and app.builder.format == "html":
        claims = entries(app)
        text = json.dumps(claims, indent=1, ensure_ascii=False) + "\n"
        put(Path(app.outdir, "claims.json"), text.encode())
        put(Path(app.outdir, "claims.csv"), as_csv(claims).encode())


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the writing of the files."""
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
