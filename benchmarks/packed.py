"""The built site as GitHub Pages serves it: text packed by gzip."""

import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO

from benchmarks.visiting import PACKED
from sphinx_landscaping import serving


class Packed(serving.Site):
    """Files, the text among them packed."""

    def send_head(self) -> BinaryIO | None:
        """Say what comes, and open it."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in PACKED or not path.is_file():
            return super().send_head()
        body = small(path, path.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@cache
def small(path: Path, _when: int) -> bytes:
    """A file packed once for each time it was written."""
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the site on this machine."""
    server = serving.server(site, 0, Packed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
