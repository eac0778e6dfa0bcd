"""What no edit since the last build can have touched, so that a paragraph costs as little as it is."""

from dataclasses import dataclass, field

from . import packages
from .project import Project
from .report import Line, read_json
from .store import Store

WITHOUT_EFFECT = {"commit", "identity"}  # pages show them; no result depends on them


@dataclass(frozen=True)
class Untouched:
    """Pages that need not be read, and what is known of the inputs of the others' cells."""

    pages: dict[str, Line | None] = field(default_factory=dict)  # None: a page without cells
    inputs: dict[str, dict[str, str]] = field(default_factory=dict)  # hold while the cells stay as they are

    @property
    def lines(self) -> dict[str, Line]:
        """How the chapters among these pages ran."""
        return {name: line for name, line in self.pages.items() if line}


def since(project: Project, names: list[str], last: dict, now: dict[str, str], store: Store) -> Untouched:
    """What holds of these pages since the last build, where only prose changed; nothing otherwise.

    A chapter's result must be there as whole as that build left it: one that failed since may have
    left another.
    """
    before = last.get("made_from", {})
    changed = {name for name in before | now if before.get(name) != now.get(name)} - WITHOUT_EFFECT
    if not before or not all(map(_is_prose, changed)):
        return Untouched()
    if last.get("versions") != packages.versions(project.root):  # of what is declared and in no lock, too
        return Untouched()
    shown, as_then = read_json(project.executed / "shown.json"), last.get("shown", {})
    whole = {name: shown[name] for name in store.whole(shown) if shown[name] == as_then.get(name)}
    lines = {line["name"]: Line(**line | {"ran": False, "reason": ""}) for line in last["chapters"]}
    same = [name for name in names if f"book/{name}.md" not in changed]
    pages = {name: lines.get(name) for name in same if name not in lines or name in whole}
    return Untouched(pages, {name: store.inputs_of(each) for name, each in whole.items()})


def _is_prose(name: str) -> bool:
    return name.startswith("book/") and name.endswith(".md")
