"""Whatever ends a build, the last good site stands whole, what ran is kept, and the next build goes on."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

from small_book import Book

pytestmark = pytest.mark.slow


def start(book: Book, **more) -> subprocess.Popen:
    command = [sys.executable, "-m", "sphinx_landscaping", "build"]
    return subprocess.Popen(
        command,
        cwd=book.root,
        env=book.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def add_cell(book, chapter, code):
    path = book.root / "book" / f"{chapter}.md"
    path.write_text(path.read_text() + f"\n```{{code-cell}} ipython3\n{code}\n```\n")


def wait_until(true, seconds=60.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to this"
        time.sleep(0.001)


def at_work_in(folder):
    """Every process that works in a folder, with the folder below it."""
    found = {}
    for process in psutil.process_iter():
        try:
            where = process.cwd()
            if where.startswith(str(folder)) and process.status() != psutil.STATUS_ZOMBIE:
                found[process] = where
        except (psutil.Error, OSError):
            continue
    return found


def kill(build: subprocess.Popen) -> str:
    build.send_signal(signal.SIGKILL)
    said, _ = build.communicate()
    return said


@pytest.mark.parametrize("warm", ["1", "0"])
def test_killed_while_chapters_run(book, monkeypatch, warm):
    monkeypatch.setenv("LANDSCAPING_WARM", warm)
    before = book.site()
    book.edit("src/small/ground.py", "return 1", "return 2")
    add_cell(book, "hills/steep", "import time\ntime.sleep(100)")
    build = start(book)
    for line in build.stdout:
        if line.startswith("ran   hills/flat"):
            break
    wait_until(lambda: any("hills" in where for where in at_work_in(book.root).values()))
    kill(build)
    assert book.site() == before
    wait_until(lambda: not at_work_in(book.root), 10)  # no kernel outlives its build
    book.edit("book/hills/steep.md", "time.sleep(100)", "print('awake')")
    assert book.build().returncode == 0
    assert list(book.ran()) == ["hills/steep"]  # the other had ended, and was kept
    assert "level 2" in book.page("hills/flat")
    assert "awake" in book.page("hills/steep")


def turn_round(book):
    """Another order and another title: every page is written again."""
    toc = book.root / "_toc.yml"
    lines = toc.read_text().splitlines()
    toc.write_text("\n".join([*lines[:-2], lines[-1], lines[-2]]) + "\n")
    book.edit("book/hills/flat.md", "# Flat", "# Flat as a table")


@pytest.fixture(scope="module")
def turned_cold(once_built, tmp_path_factory):
    """The site of the book turned round, built from nothing."""
    book = once_built.copy(tmp_path_factory.mktemp("cold") / "book")
    shutil.rmtree(book.root / "_build")
    turn_round(book)
    assert book.build().returncode == 0
    return book.site()


@pytest.mark.parametrize(
    "moment",
    ["work", "work/doctrees/environment.pickle", "work/html/hills/flat.html", "work/html/searchindex.js"],
)
def test_killed_while_sphinx_works(book, turned_cold, moment):
    before = book.site()
    turn_round(book)
    build = start(book)
    wait_until((book.root / "_build" / moment).exists)
    kill(build)
    assert book.site() == before
    assert book.build().returncode == 0
    assert book.ran() == {}
    assert "Flat as a table" in book.page("hills/flat")
    assert book.site() == turned_cold


def test_killed_after_the_new_site_took_its_place_and_then_undone(book):
    before = book.site()
    book.edit("book/hills/flat.md", "# Flat", "# Flat as a table")
    code = (
        "import os, signal\nfrom sphinx_landscaping import building\n"
        "from sphinx_landscaping.__main__ import main\nonce = building.exchange\n"
        "def exchange(new, place):\n    once(new, place)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "building.exchange = exchange\nmain(['build'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=book.root, env=book.environment(), capture_output=True
    )
    assert done.returncode == -signal.SIGKILL
    assert "Flat as a table" in book.page("hills/flat")  # the new site, whole
    book.edit("book/hills/flat.md", "# Flat as a table", "# Flat")
    assert book.build().returncode == 0
    assert book.site() == before


@pytest.mark.parametrize("kib", [4, 48])  # too little for the store of results; for the pages
def test_a_full_disk_is_said_and_harms_nothing(book, kib):
    before = book.site()
    book.edit("src/small/rivers/lengths.json", "8", "9")
    book.edit("book/hills/flat.md", "# Flat", f"# Flat\n\n{'a long plain ' * 10_000}")
    limit = (kib * 1024, kib * 1024)
    build = start(book, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    _, said = build.communicate()
    assert build.returncode == 1, said
    assert "the disk is full" in said
    assert "Traceback" not in said
    assert book.site() == before
    assert book.build().returncode == 0
    assert set(book.ran()) <= {"rivers/long"}  # nothing else was lost
    assert "lengths [3, 5, 9]" in book.page("rivers/long")


def test_the_second_of_two_builds_says_so_and_the_first_goes_on(book):
    add_cell(book, "hills/steep", "import time\ntime.sleep(4)\nprint('slept')")
    first = start(book)
    wait_until(lambda: any("hills" in where for where in at_work_in(book.root).values()))
    second = book.build()
    assert second.returncode == 1
    assert f"another build (process {first.pid})" in second.stderr
    _, said = first.communicate()
    assert first.returncode == 0, said
    assert "slept" in book.page("hills/steep")


@pytest.mark.parametrize(
    ("damaged", "runs"),
    [
        ("executed/global.db", 3),
        ("executed/shown.json", 0),
        ("state.json", 0),
        ("kept/doctrees/environment.pickle", 0),
    ],
)
def test_what_is_damaged_is_made_again(book, damaged, runs):
    path = book.root / "_build" / damaged
    path.write_bytes(os.urandom(len(path.read_bytes())))
    book.edit("book/hills/flat.md", "# Flat", "# Flat as a table")
    done = book.build()
    assert done.returncode == 0, done.stderr
    assert len(book.ran()) == runs
    assert "Flat as a table" in book.page("hills/flat")
    assert "height 7" in book.page("hills/steep")
