"""Which chapters run, side by side and longest first, and what each took."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from . import executors, inputs, limits, packages, syntax
from .chapters import Chapter
from .executors import as_they_end
from .kernels import Executed, Job
from .project import Project, cores
from .provisioning import private_folder
from .report import Line, Progress, Stopped, read_json, write_json
from .store import Store
from .untouched import Untouched

MEASURES = ("wall_seconds", "cpu_seconds", "peak_mib", "start_cpu_seconds")


@dataclass(frozen=True)
class Decision:
    """What a build does with a chapter."""

    chapter: Chapter
    inputs: dict[str, str]
    reason: str = ""  # empty: kept
    last: dict | None = None  # the record data that is kept, or of the last run

    @property
    def expected_seconds(self) -> float:
        """How long it ran last time; a chapter that never ran goes first."""
        return (self.last or {}).get("wall_seconds", float("inf"))


def decide(
    chapter: Chapter, library: inputs.Library, store: Store, known: dict[str, str], last: dict | None
) -> Decision:
    """Keep a chapter whose every input is the one it ran with; run any other, and say why."""
    cells = chapter.sources()
    if known.get("cells") == inputs.digest(*cells):
        found = known
    else:
        versions = packages.versions(library.source.parent)
        found = inputs.of_chapter(cells, library, chapter.path.parent, versions)
    records = store.of(chapter)
    if record := store.find(chapter, inputs.key(found)):
        return Decision(chapter, found, last=store.show(chapter, record).data)
    before = records[0].data if records else last
    return Decision(chapter, found, inputs.reason(before and before.get("inputs"), found), before)


def refuse(chapters: list[Chapter]) -> None:
    """Stop before anything runs where a cell could show what its inputs do not tell."""
    said = [
        f"{chapter.name}, cell {number} {found}"
        for chapter in chapters
        for number, cell in enumerate(chapter.cells, 1)
        if "skip-execution" not in cell.metadata.get("tags", []) and (found := syntax.fault(cell.source))
    ]
    if said:
        raise Stopped("\n".join(said))


def bring_up_to_date(
    project: Project,
    chapters: list[Chapter],
    known: Untouched,
    store: Store,
    seconds: float,
    executor: str,
) -> dict[str, Line]:
    """Run what must run, keep the rest, leave every result where MyST-NB finds it; a line a chapter."""
    refuse(chapters)
    library = inputs.Library(project.source, project.package)
    last = {line["name"]: line for line in read_json(project.build / "report.json").get("chapters", [])}
    decisions = [
        decide(chapter, library, store, known.inputs.get(chapter.name, {}), last.get(chapter.name))
        for chapter in chapters
    ]
    lines = {d.chapter.name: _line(d, d.last, ran=False) for d in decisions if not d.reason}
    for line in [*known.lines.values(), *lines.values()]:
        print(line, flush=True)
    waiting = sorted((d for d in decisions if d.reason), key=lambda d: -d.expected_seconds)
    jobs = [_job(d, project, library, seconds) for d in waiting]
    by_name = {d.chapter.name: d for d in waiting}
    failures: list[str] = []
    imports = {name for each in waiting for name in _foreign(each.chapter, library)}
    with place(project, len(jobs), imports, executor) as where, Progress(len(jobs)) as progress:
        for done in as_they_end(where, jobs, progress):
            decision = by_name[done.name]
            if done.failure:
                failures.append(done.failure)
                progress.finish(done.name, f"stop  {done.name}")
                continue
            data = {"key": inputs.key(decision.inputs), "inputs": decision.inputs} | _measures(done)
            store.keep(decision.chapter, done.notebook, data)
            lines[done.name] = _line(decision, data, ran=True)
            progress.finish(done.name, lines[done.name])
    if failures:
        raise Stopped("\n".join(failures))
    _note_what_is_shown(project, decisions, set(known.lines), store)
    return lines


def place(
    project: Project, count: int, imports: set[str], executor: str
) -> AbstractContextManager[executors.Place]:
    """Where chapters run: this machine, or the cluster that `executor` names."""
    if not executor:
        return executors.here(project, count, imports, cores())
    from . import cluster

    return cluster.place(executor) if count else nullcontext()


def _foreign(chapter: Chapter, library: inputs.Library) -> set[str]:
    """What a chapter imports, directly or through the package, that is not of the package."""
    code = inputs.Code("\n".join(cell.source for cell in chapter.cells))
    codes = [code, *map(library.code, library.used_by(code))]
    names = {name for each in codes for name in each.imports}
    return {name for name in names if name.partition(".")[0] not in (library.package, "__main__", "")}


def _job(decision: Decision, project: Project, library: inputs.Library, seconds: float) -> Job:
    chapter = decision.chapter
    code = inputs.Code("\n".join(cell.source for cell in chapter.cells))
    named = dict.fromkeys(name for name in code.imports if name in library.files or name.isidentifier())
    return Job(
        name=chapter.name,
        notebook=dict(chapter.notebook),
        folder=str(chapter.path.parent),
        source=str(project.source),
        private=private_folder(project.build),
        imports=tuple(named),
        limits=limits.stated(chapter.name, chapter.notebook.metadata, seconds),
        inputs=decision.inputs,
    )


def _measures(executed: Executed) -> dict[str, float]:
    return {name: round(getattr(executed, name), 2) for name in MEASURES}


def _line(decision: Decision, data: dict, *, ran: bool) -> Line:
    measures = (data.get(name, 0.0) for name in MEASURES)
    return Line(decision.chapter.name, ran, decision.reason, *measures)


def _note_what_is_shown(
    project: Project, decisions: list[Decision], untouched: set[str], store: Store
) -> None:
    """Tell the Sphinx side which text of each chapter has its results in the store, and which results."""
    before = read_json(project.executed / "shown.json")
    shown = {name: entry for name, entry in before.items() if name in untouched}
    keys = {entry["key"]: name for name, entry in shown.items()}
    for decision in decisions:
        record = store.cache.match_cache_notebook(decision.chapter.notebook)
        place, text = store.where(record), inputs.digest(decision.chapter.path.read_bytes())
        other = keys.get(place["key"], record.uri)
        replaced = other in shown and shown[other]["file"] != place["file"]
        if replaced or record.data.get("key") != inputs.key(decision.inputs):
            raise Stopped(
                f"{decision.chapter.name} and {other} have the same cells and different inputs: "
                "change a word in one of their cells"
            )
        shown[decision.chapter.name] = {"source": text, "result": record.data["result"], **place}
    write_json(project.executed / "shown.json", shown)
