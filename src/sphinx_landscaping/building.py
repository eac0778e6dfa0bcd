"""A build: chapters, then pages, where something changed; the new site takes the old one's place whole."""

import ctypes
import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from . import inputs, offline
from .identity import identity
from .project import Project, cores
from .report import Line, Stopped, read_json, write_json, write_report

AT_ROOT = (
    "pyproject.toml",
    "_config.yml",
    "_toc.yml",
    "constraints.txt",
    "package-lock.json",
    "CITATION.cff",
    "CHANGELOG.md",
    "permalinks.lock",
)
MANY_SMALL = ("at", "cite")  # folders of the site that cost more to copy than all its pages
KEPT = ("doctrees", "jupyter_execute")  # what the next build goes on from, besides the site
NOT_READ = {".pyc", ".swp", ".tmp"}
EXCHANGE = 2  # renameat2's flag: two folders change names in one step
AT_WORKING_FOLDER = -100


def everything(project: Project) -> dict[str, str]:
    """A digest of everything that a site is made from, by name."""
    tools = Path(__file__).parent
    found = {name: _contents(project.root / name) for name in AT_ROOT}
    for label, folder in (
        ("book", project.book),
        ("src", project.source / project.package),
        ("tools", tools),
    ):
        found.update(
            (f"{label}/{path.relative_to(folder).as_posix()}", _contents(path)) for path in _files(folder)
        )
    found["locked versions"] = inputs.installed(project.root / "constraints.txt")
    who = asdict(identity(project.root))
    return found | {"commit": inputs.digest(who.pop("commit")), "identity": inputs.digest(repr(who))}


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(folder).parts)
        if not hidden and path.suffix not in NOT_READ and path.is_file():
            yield path


def _contents(path: Path) -> str:
    return inputs.digest(path.read_bytes()) if path.is_file() else ""


def build(project: Project, *, fresh: bool = False, executor: str = "") -> None:
    """Bring `_build/html` up to date; `fresh` reads and writes every page again.

    Chapters run on this machine, or where `executor` says: `dask://host:port`.
    """
    begun = time.monotonic()
    with only_one(project):
        heal(project)
        last, now = read_json(project.build / "state.json"), everything(project)
        who = identity(project.root)
        if last.get("made_from") == now and not fresh and (project.html / "index.html").exists():
            lines = [Line(**chapter | {"ran": False, "reason": ""}) for chapter in last["chapters"]]
            print(*lines, sep="\n")
        else:
            lines = _make(project, {} if fresh else last, now, executor)
            _note(project, now, lines)
        wall = time.monotonic() - begun
        write_report(project.build / "report.json", who.commit, who.edition, cores(), wall, lines)
    _say_where(project, lines, wall)


def _note(project: Project, now: dict[str, str], lines: list[Line]) -> None:
    """What the next build compares with."""
    from .packages import versions

    shown = read_json(project.executed / "shown.json")
    chapters = [asdict(line) for line in lines]
    state = {"made_from": now, "versions": versions(project.root), "chapters": chapters, "shown": shown}
    write_json(project.build / "state.json", state)


def _make(project: Project, last: dict, now: dict[str, str], executor: str) -> list[Line]:
    with ThreadPoolExecutor(1) as beside:  # the copy waits for the disk, all else for the processor
        work = beside.submit(start_from, project, last.get("made_from", {}), now)
        from . import chapters, pages, running, untouched  # a build with nothing to do does not pay for them
        from .store import Store

        config = pages.settings(project)
        names = chapters.listed(project)
        chapters.refuse_unlisted(project, names, config.get("exclude_patterns", []))
        store = Store(project.executed)
        known = untouched.since(project, names, last, now, store)
        extensions = config.get("myst_enable_extensions", [])
        found = [chapters.read(project, name, extensions) for name in names if name not in known.pages]
        with_cells = [chapter for chapter in found if chapter]
        seconds = float(config.get("nb_execution_timeout", 300))
        lines = known.lines | running.bring_up_to_date(project, with_cells, known, store, seconds, executor)
    begun, folder = time.monotonic(), work.result()
    count = pages.write(project, config, pages.Folders(folder / "html", folder / "doctrees"))
    put_in_place(project, folder)
    print(f"pages {count} written   {time.monotonic() - begun:.1f} s", flush=True)
    return [lines[name] for name in names if name in lines]


def start_from(project: Project, last: dict[str, str], now: dict[str, str]) -> Path:
    """A folder to work in: a copy of the last good build as far as it holds, so that no failure harms it."""
    work = project.build / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    changed = {name for name in now | last if now.get(name) != last.get(name)}
    small = all(name == "commit" or (_is_text(name) and name in now and name in last) for name in changed)
    if not last or not small:
        return work
    copy([path for name in KEPT if (path := project.build / "kept" / name).exists()], work)
    if "commit" not in changed and (work / "doctrees").exists():  # every page shows its commit
        left_out = (*MANY_SMALL, offline.ARCHIVE)
        copy([path for path in project.html.iterdir() if path.name not in left_out], work / "html")
        for name in MANY_SMALL:  # empty, as a sign: what makes it leaves it so where the old one holds
            (work / "html" / name).mkdir()
        for style in (work / "html" / "_static").glob("mystnb.*.css"):
            style.unlink()  # MyST-NB writes it last, so a cold build links it without the checksum of a copy
    return work


def copy(paths: list[Path], to: Path) -> None:
    """Files and folders into a folder, by the system's own program: this one's interpreter has other work."""
    to.mkdir(parents=True, exist_ok=True)
    words = ["cp", "-Rp", *map(str, paths), str(to)]
    if paths:  # a signal of a full quota stays off, as in this process, so that the failure has words
        plain = {**os.environ, "LC_ALL": "C"}
        done = subprocess.run(
            words, env=plain, capture_output=True, text=True, check=False, restore_signals=False
        )
        if done.returncode:
            raise OSError(f"{to.name} could not be copied: {done.stderr.strip()}")


def _is_text(name: str) -> bool:
    """Files that Sphinx's notes of what depends on what can be trusted with."""
    return name.startswith(("book/", "src/")) and name.endswith((".md", ".py"))


def put_in_place(project: Project, work: Path) -> None:
    """The new site takes the old one's place in one step; then what the next build starts from.

    What is known of the old site goes first: a build killed in between must not take the new one for it.
    """
    (project.build / "state.json").unlink(missing_ok=True)
    for name in MANY_SMALL:
        new, old = work / "html" / name, project.html / name
        if new.is_dir() and not any(new.iterdir()):
            new.rmdir()
            if old.is_dir():
                os.rename(old, new)
    kept = project.build / "kept"
    kept.mkdir(exist_ok=True)
    offline.write(work / "html", project.html / offline.ARCHIVE, kept / offline.FACTS)
    exchange(work / "html", project.html)
    for name in KEPT:
        if (work / name).exists():
            exchange(work / name, kept / name)
    shutil.rmtree(work, ignore_errors=True)


def exchange(new: Path, place: Path) -> None:
    """Put the folder `new` at `place`, and what was there at `new`, so that `place` is never empty."""
    if not place.exists():
        os.rename(new, place)
        return
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    here = AT_WORKING_FOLDER
    if swap and swap(here, os.fsencode(new), here, os.fsencode(place), EXCHANGE) == 0:
        return
    aside = place.with_name(f"{place.name}.old")  # two steps where the system has no single one; see heal
    shutil.rmtree(aside, ignore_errors=True)
    os.rename(place, aside)
    os.rename(new, place)
    os.rename(aside, new)


def heal(project: Project) -> None:
    """Put the last good site back where a build was killed between two steps."""
    aside = project.html.with_name("html.old")
    if aside.exists() and not project.html.exists():
        os.rename(aside, project.html)


@contextmanager
def only_one(project: Project) -> Iterator[None]:
    """Hold the folder's lock; a second build says so and stops."""
    project.build.mkdir(exist_ok=True)
    with open(project.build / "lock", "a+", encoding="utf8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            process = lock.read().strip()
            raise Stopped(
                f"another build (process {process}) works in this folder: wait for it or end it"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _say_where(project: Project, lines: list[Line], wall: float) -> None:
    ran = sum(line.ran for line in lines)
    print(f"{len(lines)} chapters, {ran} ran, {wall:.1f} s")
    print(f"The site is at {(project.html / 'index.html').as_uri()}")
    print("`make serve` shows it with its figures alive, and again after every change.")
