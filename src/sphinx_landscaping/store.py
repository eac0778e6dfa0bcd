"""The store of executed chapters: a jupyter-cache whose records also know every input of a chapter."""

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.db import NbCacheRecord

from . import inputs
from .chapters import Chapter
from .report import is_full


def result(notebook: nbformat.NotebookNode) -> str:
    """A digest of what a reader sees of a run: every cell's outputs and its number."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = [{"outputs": cell.outputs, "count": cell.execution_count} for cell in cells]
    return inputs.digest(json.dumps([shown, notebook.metadata.get("language_info")], sort_keys=True))


class Store:
    """Executed chapters, found by all their inputs; MyST-NB reads the same store and knows only cells."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.cache = get_cache(str(folder))
            self.cache.list_cache_records()
        except Exception as error:  # a damaged store is made again, whatever sqlite or sqlalchemy calls it
            if is_full(error):  # it is not the store that is wrong: what was executed is kept
                raise
            shutil.rmtree(folder, ignore_errors=True)
            self.cache = get_cache(str(folder))

    def of(self, chapter: Chapter) -> list[NbCacheRecord]:
        """A chapter's records, the newest first."""
        records = [record for record in self.cache.list_cache_records() if record.uri == chapter.name]
        return sorted(records, key=lambda record: record.pk, reverse=True)

    def names(self) -> set[str]:
        """The chapters that have results here."""
        return {record.uri for record in self.cache.list_cache_records()}

    def where(self, record: NbCacheRecord) -> dict[str, str]:
        """Where a record's notebook lies and what is in it, for `whole` to compare later."""
        return {"key": record.hashkey, "file": inputs.digest(self._file(record.hashkey).read_bytes())}

    def whole(self, shown: dict[str, dict[str, str]]) -> set[str]:
        """Those chapters whose results lie here as `where` found them."""
        keys = {record.hashkey for record in self.cache.list_cache_records()}
        return {name for name, entry in shown.items() if entry.get("key") in keys and self._same(entry)}

    def inputs_of(self, entry: dict[str, str]) -> dict[str, str]:
        """What a chapter ran with whose results lie where `where` said."""
        return next(r.data["inputs"] for r in self.cache.list_cache_records() if r.hashkey == entry["key"])

    def _same(self, entry: dict[str, str]) -> bool:
        file = self._file(entry["key"])
        return file.is_file() and inputs.digest(file.read_bytes()) == entry["file"]

    def _file(self, key: str) -> Path:
        return self.folder / "executed" / key / "base.ipynb"

    def forget(self, names: list[str]) -> None:
        """Throw away all results of these chapters."""
        for record in self.cache.list_cache_records():
            if record.uri in names:
                self._forget(record)

    def find(self, chapter: Chapter, key: str) -> NbCacheRecord | None:
        """The record of a run on exactly these inputs, if it is whole; a damaged one is thrown away."""
        for record in self.of(chapter):
            if record.data.get("key") != key:
                continue
            try:
                if result(self.cache.get_cache_bundle(record.pk).nb) == record.data["result"]:
                    return record
            except Exception as error:  # unreadable in any way: the chapter runs again
                if is_full(error):  # unless it only could not note that it was read
                    raise
            self._forget(record)
        return None

    def show(self, chapter: Chapter, record: NbCacheRecord) -> NbCacheRecord:
        """Let MyST-NB find this run: its key is the cells with their captions, ours the inputs of the run."""
        try:
            if self.cache.match_cache_notebook(chapter.notebook).pk == record.pk:
                return record
        except KeyError:
            pass
        executed = [c for c in self.cache.get_cache_bundle(record.pk).nb.cells if c.cell_type == "code"]
        for cell, ran in zip(chapter.cells, executed, strict=True):
            cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
        metadata = self.cache.get_cache_bundle(record.pk).nb.metadata
        chapter.notebook.metadata["language_info"] = metadata.get("language_info", {})
        return self._put(chapter, chapter.notebook, record.data)

    def keep(self, chapter: Chapter, notebook: dict[str, Any], data: dict[str, Any]) -> NbCacheRecord:
        """Store a run under its inputs; `data` holds `key`, `inputs` and what the run took."""
        ran = nbformat.from_dict(notebook)
        return self._put(chapter, ran, data | {"result": result(ran)})

    def _put(self, chapter: Chapter, notebook: nbformat.NotebookNode, data: dict[str, Any]) -> NbCacheRecord:
        bundle = CacheBundleIn(notebook, chapter.name, data=data)
        return self.cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)

    def _forget(self, record: NbCacheRecord) -> None:
        shutil.rmtree(self.folder / "executed" / record.hashkey, ignore_errors=True)
        NbCacheRecord.remove_record(record.pk, self.cache.db)
