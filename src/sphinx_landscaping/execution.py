"""The Sphinx side of execution: results come from the store; a page is read again when they changed."""

from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from .inputs import digest
from .report import read_json

CHAPTER = "\nkernelspec:"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what keeps pages and results together."""
    app.add_config_value("landscaping_executed", "../_build/executed", "", str)
    app.connect("config-inited", use_the_store)
    app.connect("env-get-outdated", read_again)
    app.connect("source-read", refuse_to_execute)
    app.connect("doctree-read", lambda app, _: note_what_was_read(app.env, app.env.docname))
    app.connect("env-merge-info", lambda _, env, names, other: _read(env).update(_of(_read(other), names)))
    app.connect("env-purge-doc", lambda _, env, name: _read(env).pop(name, None))
    app.connect("env-get-updated", write_again, priority=900)  # after Sphinx has numbered the sections
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def use_the_store(app: Sphinx, config: Config) -> None:
    """Results come from the store of executed chapters, whatever `_config.yml` says of execution."""
    config.nb_execution_mode = "cache"
    config.nb_execution_cache_path = str(store_of(app))
    config.nb_execution_raise_on_error = True


def store_of(app: Sphinx) -> Path:
    """The store's folder: `landscaping_executed`, beside the chapters where it is relative."""
    return (Path(app.srcdir) / app.config.landscaping_executed).resolve()


def refuse_to_execute(app: Sphinx, name: str, content: list[str]) -> None:
    """Stop where MyST-NB would run a chapter by itself: page and results would not belong together."""
    head = content[0].partition("\n---")[0]
    if not content[0].startswith("---") or CHAPTER not in head or "{code-cell}" not in content[0]:
        return
    shown = read_json(store_of(app) / "shown.json").get(name, {})
    if shown.get("source") != digest(Path(app.env.doc2path(name)).read_bytes()):
        raise ExtensionError(
            f"{name} has no results for its present text: run `make book`, which runs the chapters"
        )


def read_again(_: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """Pages whose text, results or other sources are not those that were read; contents decide, not times."""
    known = set(env.found_docs) - added - changed - removed
    return sorted(
        name for name in known if _read(env).get(name) != what_is_there(env, name, store_of(env.app))
    )


def note_what_was_read(env: BuildEnvironment, name: str) -> None:
    """Remember what a page was made from."""
    _read(env)[name] = what_is_there(env, name, store_of(env.app))


def what_is_there(env: BuildEnvironment, name: str, store: Path) -> dict[str, str]:
    """Digests of a page's text, its results, and every file that it was noted to depend on."""
    files = {path: Path(env.srcdir) / path for path in sorted(env.dependencies.get(name, ()))}
    found = {path: _contents(file) for path, file in files.items()}
    result = read_json(store / "shown.json").get(name, {}).get("result", "")
    return found | {"text": _contents(Path(env.doc2path(name))), "result": result}


def write_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Every page, when a title, a number, a label or the order changed: each page shows some of them."""
    shape = digest(_shape(env))
    before, env.landscaping_shape = getattr(env, "landscaping_shape", None), shape
    if before == shape:
        return []
    Path(app.outdir, "searchindex.js").unlink(missing_ok=True)  # Sphinx would keep the old titles' words
    return sorted(env.found_docs)


def _shape(env: BuildEnvironment) -> str:
    titles = {name: title.astext() for name, title in env.titles.items()}
    labels = env.get_domain("std").labels | env.get_domain("std").anonlabels
    parts = (titles, env.toctree_includes, env.toc_secnumbers, env.toc_fignumbers, labels)
    return "\n".join(repr(_sorted(part)) for part in parts)


def _sorted(value: object) -> object:
    """In one order: a page that is read alone enters what it has in another order than a whole book."""
    return (
        sorted((str(key), _sorted(part)) for key, part in value.items())
        if isinstance(value, dict)
        else str(value)
    )


def _contents(path: Path) -> str:
    return digest(path.read_bytes()) if path.is_file() else ""


def _read(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    if not hasattr(env, "landscaping_read"):
        env.landscaping_read = {}
    return env.landscaping_read


def _of(read: dict, names: Iterable[str]) -> dict:
    return {name: read[name] for name in names if name in read}
