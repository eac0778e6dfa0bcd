"""What a chapter's results depend on, and whether a build would run it: `make why CHAPTER=part/name`."""

from . import chapters, inputs, packages, pages
from .project import Project
from .report import Stopped
from .store import Store


def explain(project: Project, name: str) -> str:
    """Whether a chapter would run, and its inputs: each with what brings it in and whether it changed."""
    chapter = _read(project, name)
    library = inputs.Library(project.source, project.package)
    versions = packages.versions(project.root)
    found = inputs.of_chapter(chapter.sources(), library, chapter.path.parent, versions)
    records = Store(project.executed).of(chapter)
    before = records[0].data.get("inputs", {}) if records else {}
    kept = any(record.data.get("key") == inputs.key(found) for record in records)
    verdict = "would be kept" if kept else f"would run: {inputs.reason(before, found)}"
    changed = (
        {} if kept or not before else {each: "changed" for each in found if before.get(each) != found[each]}
    )
    gone = [] if kept else [each for each in before if each not in found]
    ways = _ways(library, chapter)
    width = max(map(len, [*found, *gone]))
    rows = [f"  {each:{width}}  {changed.get(each, ''):8} {ways.get(each, '')}".rstrip() for each in found]
    rows += [f"  {each:{width}}  no longer used" for each in gone]
    return "\n".join([f"{name} {verdict}. Its results depend on:", *rows])


def _read(project: Project, name: str) -> chapters.Chapter:
    """The chapter of this name; a sentence with the names that there are, where there is none."""
    names = chapters.listed(project)
    if name not in names:
        asked = f"no chapter is called {name!r}" if name else "no chapter was named"
        raise Stopped(f"{asked}: type `make why CHAPTER=…` with one of {', '.join(names)}")
    chapter = chapters.read(project, name, pages.settings(project).get("myst_enable_extensions", []))
    if chapter is None or not chapter.cells:
        raise Stopped(f"{name} has no cells: nothing of it ever runs")
    return chapter


def _ways(library: inputs.Library, chapter: chapters.Chapter) -> dict[str, str]:
    """How each module came in, under the name that it has among the inputs."""
    code = inputs.Code("\n".join(cell.source for cell in chapter.cells))
    used = library.used_by(code)
    ways = {library.shown(module): library.shown(through) for module, through in used.items() if through}
    return {each: f"through {through}" for each, through in ways.items()}
