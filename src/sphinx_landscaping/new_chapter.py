"""`make chapter NAME=part/name`: a first chapter that builds and passes, to be changed piece by piece.

The templates are files of `chapter_template/`; what they hold between @ signs is filled in.
"""

import json
import keyword
import re
import subprocess
import sys
from pathlib import Path

from .chapter_head import PARTS
from .project import Project
from .report import Stopped

TEMPLATES = Path(__file__).with_name("chapter_template")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
CAPTION = re.compile(r"^  - caption: *(.+?) *$")


def make(project: Project, address: str, title: str = "") -> list[Path]:
    """Write the chapter's page, experiment, chart and test, and its line in `_toc.yml`; what was written."""
    part, name = checked(project, address)
    title = title.strip() or name.replace("-", " ").capitalize()
    if re.search(r"[`{}\\@\n]", title) or len(title) > 70:
        raise Stopped(f"the title {title!r} is too long, or Markdown would read it: write a few plain words")
    words = {
        "part": part,
        "name": name,
        "module": module(name),
        "title": title,
        "quoted title": json.dumps(title),
    }
    files = targets(project, part, name)
    made = _part(project, part)
    for template, path in files.items():
        text = (TEMPLATES / template).read_text("utf8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"@([a-z ]+)@", lambda found: words[found[1]], text), "utf8")
    python = [path for path in files.values() if path.suffix == ".py"]  # a long name may break a line
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", *python], check=False)
    toc = project.root / "_toc.yml"
    toc.write_text(listed(toc.read_text("utf8"), part, name), "utf8")
    return [*files.values(), *made, toc]


def module(name: str) -> str:
    """A chapter's name as Python can say it."""
    return name.replace("-", "_")


def targets(project: Project, part: str, name: str) -> dict[str, Path]:
    """Template -> the file that is made from it."""
    package = project.source / project.package
    return {
        "page.md.in": project.book / part / f"{name}.md",
        "experiment.py.in": package / part / f"{module(name)}.py",
        "chart.py.in": package / "charts" / f"{module(name)}.py",
        "test.py.in": project.root / "tests" / project.package / part / f"test_{module(name)}.py",
    }


def checked(project: Project, address: str) -> tuple[str, str]:
    """The part and the name; `Stopped` with a sentence where no chapter can have this address."""
    part, _, name = address.partition("/")
    if not name:
        raise Stopped(
            f"the chapter's address is {address!r}: give a part and a name, like NAME=models/first-hill"
        )
    if part not in PARTS:
        raise Stopped(f"the book has no part {part!r}: take one of {', '.join(PARTS)}")
    if not NAME.fullmatch(name) or keyword.iskeyword(module(name)):
        raise Stopped(
            f"{name!r} cannot name a chapter: small letters and numbers with hyphens, like first-hill"
        )
    same = sorted(project.book.glob(f"*/{name}.md"))
    if same:
        raise Stopped(
            f"there is a chapter {_shown(project, same[0])}: its labels have this name; take another"
        )
    taken = [path for path in targets(project, part, name).values() if path.exists()]
    taken += [
        path.with_suffix("")
        for path in targets(project, part, name).values()
        if path.with_suffix("").is_dir()
    ]
    if taken:
        raise Stopped(f"{_shown(project, taken[0])} is there already: take another name for the chapter")
    return part, name


def _shown(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()


def _part(project: Project, part: str) -> list[Path]:
    """The part's package where it is missing, and its place among the import contracts."""
    package, contracts = project.source / project.package / part, project.root / "pyproject.toml"
    if (package / "__init__.py").exists():
        return []
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text(f'"""Experiments of the part on {part}."""\n', "utf8")
    text, last = contracts.read_text("utf8"), f'"{project.package}.{PARTS[-1]}",'
    if f'"{project.package}.{part}",' not in text:
        contracts.write_text(text.replace(last, f'"{project.package}.{part}", {last}'), "utf8")
    return [package / "__init__.py", contracts]


def listed(toc: str, part: str, name: str) -> str:
    """The table of contents with the chapter at the end of its part; a missing part comes to its place."""
    lines = toc.splitlines()
    starts = {found[1]: at for at, line in enumerate(lines) if (found := CAPTION.match(line))}
    line, caption = f"      - file: {part}/{name}", part.capitalize()
    if caption in starts:
        inside = [at for at, each in enumerate(lines) if at > starts[caption] and "- file:" in each]
        later = min((at for at in starts.values() if at > starts[caption]), default=len(lines))
        at = max((at for at in inside if at < later), default=starts[caption] + 1) + 1
        return "\n".join([*lines[:at], line, *lines[at:]]) + "\n"
    before = {each.capitalize() for each in PARTS[: PARTS.index(part)]}
    last = max((at for name_, at in starts.items() if name_ in before), default=-1)
    after = [at for name_, at in starts.items() if name_ not in before and at > last]
    at = min(after, default=len(lines))
    block = [f"  - caption: {caption}", "    chapters:", line]
    return "\n".join([*lines[:at], *block, *lines[at:]]) + "\n"
