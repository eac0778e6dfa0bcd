"""A module with its relative imports as one text: a notebook imports it from where it has no neighbours.

Each imported module becomes a function that runs once and returns what it exports, so names never clash.
Modules keep to two forms, and only these are read here: `import { a, b } from "./x.mjs";`, and `export`
before a declaration of one name. The site bundles the same files with esbuild.
"""

import re
from pathlib import Path

IMPORT = re.compile(r'^import \{\s*([^}]+?),?\s*\} from "\./([\w-]+)\.mjs";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|class|function\*?|async function) ([\w$]+))", re.MULTILINE)
STRANGE = re.compile(r"^(?:import\b|export (?!default\b)).*", re.MULTILINE)


def joined(path: Path) -> str:
    """The module's whole program, with its own exports and no import."""
    return "".join([*map(_wrapped, _needed(path)), _linked(path)])


def _needed(path: Path, above: tuple[Path, ...] = ()) -> list[Path]:
    """Every module that it imports, also through others, each after what it needs itself."""
    if path in above:
        raise ValueError(f"{' imports '.join(p.name for p in (*above, path))}: cut this circle")
    near = [path.with_name(f"{name}.mjs") for _, name in IMPORT.findall(path.read_text("utf-8"))]
    found = [each for one in near for each in (*_needed(one, (*above, path)), one)]
    return list(dict.fromkeys(found))


def _wrapped(path: Path) -> str:
    bare = EXPORT.sub("", _linked(path))
    return f"const ${path.stem} = (() => {{\n{bare}return {{ {', '.join(_exports(path))} }};\n}})();\n"


def _linked(path: Path) -> str:
    """A module's text, with each import taken from the function that stands for the module."""
    text = IMPORT.sub(lambda found: _link(path, *found.groups()), path.read_text("utf-8"))
    if strange := STRANGE.search(EXPORT.sub("", text)):
        raise ValueError(
            f"{path.name}: `{strange[0]}` cannot be joined for a notebook; write "
            '`import { a, b } from "./x.mjs";`, or `export` before a const, class or function'
        )
    return text


def _link(path: Path, names: str, stem: str) -> str:
    missing = set(re.split(r",\s*", names)) - set(_exports(path.with_name(f"{stem}.mjs")))
    if missing:
        raise ValueError(
            f"{path.name} imports {', '.join(sorted(missing))}, which {stem}.mjs does not export"
        )
    return f"const {{ {names} }} = ${stem};\n"


def _exports(path: Path) -> list[str]:
    return EXPORT.findall(path.read_text("utf-8"))
