"""`permalinks.lock`: every label ever published, since when, last changed when, and where it has stood.

One line a label: itself, its first edition, the edition that last changed its words, a digest of these words,
and its pages, the last one last, with the edition in which it came there: `a,b@2027.5`. No Sphinx here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "permalinks.lock"
HEAD = "# Every address ever published. `make permalinks` adds to it; a line is never taken away.\n"
WORDS = 5
NO_WORDS = "-"  # the digest of an older label that stands above something named anew


@dataclass(frozen=True)
class Locked:
    """What was promised of one label."""

    label: str
    first: str  # the edition that published it first
    changed: str  # the edition that last changed its words
    digest: str
    pages: tuple[str, ...]  # where it has stood, the last one last
    moved: str = ""  # the edition that last moved it to another page; empty for most

    def __str__(self) -> str:
        stood = ",".join(self.pages) + f"@{self.moved}" * bool(self.moved)
        return " ".join((self.label, self.first, self.changed, self.digest, stood))


Lock = dict[str, Locked]


def read(root: Path) -> Lock:
    """What the lock of a book promises; nothing where there is none yet."""
    path = root / NAME
    return parse(path.read_text("utf8")) if path.exists() else {}


def parse(text: str) -> Lock:
    """The lines of a lock, by label."""
    found: Lock = {}
    for count, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if len(words) != WORDS or words[0] in found:
            wanted = "label, first edition, edition of its last change, digest, pages; each label once"
            raise ValueError(f"{NAME}, line {count}: {line!r}; wanted {wanted}: put back what git has")
        stood, _, moved = words[4].partition("@")
        found[words[0]] = Locked(*words[:4], pages=tuple(stood.split(",")), moved=moved)
    return found


def written(lock: Iterable[Locked]) -> str:
    """The whole file, labels in order."""
    return HEAD + "".join(f"{line}\n" for line in sorted(lock, key=lambda each: each.label))


def renewed(
    lock: Mapping[str, Locked], now: Mapping[str, tuple[str, str]], edition: str
) -> dict[str, Locked]:
    """The lock after an edition, where `now` says of each label its digest and its page."""
    made = dict(lock)
    for label, (digest, page) in now.items():
        digest = digest or NO_WORDS
        old = lock.get(label) or Locked(label, edition, edition, digest, ())
        changed = old.changed if old.digest == digest else edition
        pages = (*(each for each in old.pages if each != page), page)
        moved = old.moved if old.pages[-1:] in ((), (page,)) else edition
        made[label] = Locked(label, old.first, changed, digest, pages, moved)
    return made


def broken(lock: Lock, now: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for each promise that the book does not keep: what is gone, and how to keep it."""
    for label, was in lock.items():
        if label in now:
            continue
        page = was.pages[-1]
        said = (
            f"{label} was published in edition {was.first} (on {page}) and is gone: people cite this address"
        )
        heir = _heir(was, {name: at for name, at in now.items() if name not in lock})
        if heir and not label.startswith("fig-"):
            yield f"{said}. Is it {heir} now? Write ({label})= on a line above ({heir})="
        elif heir:
            yield f"{said}. Is it {heir} now? Its page and pictures have the label as name: put it back"
        else:
            yield f"{said}. Put it back, or write ({label})= above the heading that answers for it now"


def _heir(was: Locked, new: Mapping[str, tuple[str, str]]) -> str:
    """The new label of the same words, else the only one of its kind on its page; empty where none is."""
    same = [label for label, (digest, _) in new.items() if digest == was.digest]
    kind = was.label.partition("-")[0]
    near = [name for name, (_, page) in new.items() if page == was.pages[-1] and name.startswith(f"{kind}-")]
    return next(iter(same), "") or (near[0] if len(near) == 1 else "")
