"""The book held against `permalinks.lock`, and the lock that its next edition would have."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import citable, permalink_lock
from sphinx_landscaping.identity import Identity
from sphinx_landscaping.keeping import put
from sphinx_landscaping.project import Project
from sphinx_landscaping.warn import warn


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of every address that the lock promises and the book has not."""
    lock, now = permalink_lock.read(Path(app.srcdir).parent), citable.addresses(env)
    for said in permalink_lock.broken(lock, now):
        warn(said, "permalinks", permalink_lock.NAME)
    for label in (name for name, (digest, _) in now.items() if not digest and name.startswith("fig-")):
        page = env.doc2path(now[label][1])
        warn(f"{label} names no figure: its page and pictures have their label as name", "permalinks", page)


def publish(app: Sphinx, failed: Exception | None) -> None:
    """Write the renewed lock beside the pages: `make permalinks` takes it from there."""
    if failed is None and app.builder.format == "html":
        who: Identity = app.config.html_context["identity"]
        lock = permalink_lock.read(Path(app.srcdir).parent)
        made = permalink_lock.renewed(lock, citable.addresses(app.env), who.version)
        put(Path(app.outdir, permalink_lock.NAME), permalink_lock.written(made.values()).encode())


def lock(project: Project) -> str:
    """Take over the lock that the built site would have, and say what is new in it."""
    before = permalink_lock.read(project.root)
    text = (project.html / permalink_lock.NAME).read_text("utf8")
    (project.root / permalink_lock.NAME).write_text(text, encoding="utf8")
    new = permalink_lock.parse(text).keys() - before.keys()
    return f"{permalink_lock.NAME}: {len(before) + len(new)} labels, {len(new)} new"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the check and the file."""
    app.connect("env-check-consistency", check)
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
