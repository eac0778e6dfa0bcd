"""A build runs what changed, keeps the rest, and never leaves a half-new site."""

import fcntl
import json
import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

CHAPTERS = ["hills/steep", "hills/flat", "rivers/long"]
KEPT_COPY = ("offline.json", "offline.js", "offline.zip")  # holds every page


def add_cell(book, chapter, code):
    path = book.root / "book" / f"{chapter}.md"
    path.write_text(path.read_text() + f"\n```{{code-cell}} ipython3\n{code}\n```\n")


def refused(book, *words):
    """The sentence of a build that must stop and must leave the site as it was."""
    before = book.site()
    done = book.build()
    assert done.returncode == 1
    assert book.site() == before
    for word in words:
        assert word in done.stderr, done.stderr
    assert "Traceback (most recent call last)" not in done.stderr
    return done


def test_first_build_runs_every_chapter_and_writes_its_page(once_built):
    report = once_built.report()
    assert [chapter["name"] for chapter in report["chapters"]] == CHAPTERS
    assert {chapter["reason"] for chapter in report["chapters"]} == {"first run"}
    assert "height 7" in once_built.page("hills/steep")
    assert "lengths [3, 5, 8]" in once_built.page("rivers/long")


def test_report_has_what_it_promises(once_built):
    report = once_built.report()
    assert list(report) == ["commit", "edition", "cores", "wall_seconds", "chapters"]
    names = ["name", "ran", "reason", "wall_seconds", "cpu_seconds", "peak_mib", "start_cpu_seconds"]
    assert list(report["chapters"][0]) == names
    for chapter in report["chapters"]:
        assert 0 <= chapter["cpu_seconds"] < chapter["wall_seconds"] < report["wall_seconds"]
        assert chapter["peak_mib"] > 20


def test_second_build_keeps_every_chapter_and_loads_no_sphinx(book):
    code = """
import sys
from sphinx_landscaping.__main__ import main
assert main(["build"]) == 0
loaded = {"sphinx", "nbclient", "jupyter_cache", "myst_nb"} & set(sys.modules)
assert not loaded, loaded
"""
    before = book.site()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=book.root, env=book.environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("kept")] == [
        f"kept  {name}" for name in CHAPTERS
    ]
    assert book.ran() == {}
    assert book.site() == before


def test_prose_runs_nothing_and_changes_its_page_alone(book):
    before = book.site()
    book.edit("book/hills/steep.md", "about height", "about great height")
    assert book.build().returncode == 0
    assert book.ran() == {}
    assert "about great height" in book.page("hills/steep")
    changed = {name for name, digest in book.site().items() if before.get(name) != digest}
    assert changed == {"hills/steep.html", "searchindex.js", *KEPT_COPY}


@pytest.mark.parametrize(
    ("path", "old", "new", "runs"),
    [
        ("src/small/hills.py", "2 * steps", "4 * steps", {"hills/steep": "small/hills.py changed"}),
        (
            "src/small/ground.py",
            "return 1",
            "return 2",
            {"hills/steep": "small/ground.py changed", "hills/flat": "small/ground.py changed"},
        ),
        ("src/small/rivers/lengths.json", "8", "9", {"rivers/long": "small/rivers/lengths.json changed"}),
        ("book/hills/flat.md", 'print("level"', 'print("the level"', {"hills/flat": "cells changed"}),
        ("src/small/hills.py", "The height of a hill", "How high a hill is", {}),
        ("src/small/ground.py", "return 1", "return 1  # a metre", {}),
        ("src/small/promises.py", "measured < wanted", "measured <= wanted", {}),
    ],
)
def test_exactly_the_dependents_run(book, path, old, new, runs):
    book.edit(path, old, new)
    done = book.build()
    assert done.returncode == 0, done.stderr
    assert book.ran() == runs


def test_new_results_reach_the_page_when_only_a_helper_changed(book):
    book.edit("src/small/ground.py", "return 1", "return 11")
    assert book.build().returncode == 0
    assert "height 17" in book.page("hills/steep")
    assert "level 11" in book.page("hills/flat")


def test_a_lock_that_nobody_installed_writes_pages_and_runs_nothing(book):
    (book.root / "constraints.txt").write_text("nbclient==0.11.0\nnbformat==5.0\n")
    done = book.build()
    assert done.returncode == 0
    assert book.ran() == {}  # what is installed decides; test_packages.py changes that
    assert "pages 4 written" in done.stdout


def test_a_caption_is_prose(book):
    book.edit("book/hills/flat.md", "```{code-cell} ipython3", "```{code-cell} ipython3\n:alt: a level plain")
    assert book.build().returncode == 0
    assert book.ran() == {}
    assert "level 1" in book.page("hills/flat")


def test_a_cell_that_raises_stops_by_chapter_cell_and_last_lines(book):
    add_cell(book, "hills/flat", "deep = {}\ndeep['water']")
    book.edit("src/small/rivers/lengths.json", "8", "9")
    refused(book, "hills/flat, cell 2", "KeyError: 'water'", "deep['water']")
    book.edit("book/hills/flat.md", "deep['water']", "len(deep)")
    assert book.build().returncode == 0
    assert list(book.ran()) == ["hills/flat"]  # the other chapter had been executed, and was kept


def test_a_claim_that_fails_is_its_own_sentence(book):
    add_cell(book, "hills/steep", "from small import promises\npromises.check(height(3), 10)")
    refused(book, "hills/steep, cell 3", "claim-small-hills", "measured 7, wanted at least 10")


def test_a_cell_that_writes_to_stderr_stops(book):
    add_cell(book, "hills/steep", "import warnings\nwarnings.warn('thin ice')")
    refused(book, "hills/steep, cell 3", "stderr", "thin ice")


def test_a_cell_over_its_time_is_stopped_and_named(book):
    book.edit("_config.yml", "timeout: 20", "timeout: 2")
    add_cell(book, "hills/steep", "import time\ntime.sleep(60)")
    refused(book, "hills/steep, cell 3: stopped, the chapter's 2 s were over")


def test_a_chapter_states_its_own_time(book):
    book.edit("book/hills/steep.md", "---\n# Steep", "limits: {seconds: 1.5}\n---\n# Steep")
    add_cell(book, "hills/steep", "import time\nwhile True:\n    time.sleep(0.1)")
    refused(book, "hills/steep, cell 3: stopped, the chapter's 1.5 s were over")
    book.edit("book/hills/steep.md", "1.5", "soon")
    refused(book, "book/hills/steep.md: `limits` is {'seconds': 'soon'}", "like {seconds: 90, mib: 800}")


def test_a_cell_over_its_memory_is_stopped_and_named(book):
    book.edit("book/hills/steep.md", "---\n# Steep", "limits: {mib: 300}\n---\n# Steep")
    add_cell(book, "hills/steep", "import time\nhoard = b'x' * 2**29\ntime.sleep(60)")
    book.edit("src/small/rivers/lengths.json", "8", "9")
    refused(book, "hills/steep, cell 3: stopped, it held more than 300 MiB")
    book.edit("book/hills/steep.md", "hoard = b'x' * 2**29\ntime.sleep(60)", "hoard = b'x' * 2**20")
    assert book.build().returncode == 0
    assert list(book.ran()) == ["hills/steep"]


def test_a_cell_that_looks_at_source_is_refused_before_anything_runs(book):
    add_cell(book, "hills/steep", "print(height.__doc__)")
    book.edit("src/small/rivers/lengths.json", "8", "9")
    done = refused(book, "hills/steep, cell 3 looks at code with '__doc__'", "directive {source}")
    assert "rivers/long" not in done.stdout


def test_a_kernel_that_dies_is_named(book):
    add_cell(book, "hills/steep", "import os\nos._exit(1)")
    refused(book, "hills/steep, cell 3", "kernel died")


def test_a_chapter_missing_from_the_contents_stops(book):
    (book.root / "book" / "rivers" / "lost.md").write_text("# Lost\n")
    refused(book, "book/rivers/lost.md is missing from _toc.yml")


def test_a_listed_chapter_that_is_not_there_stops(book):
    book.edit("_toc.yml", "rivers/long", "rivers/short")
    refused(book, "_toc.yml lists rivers/short")


def test_a_warning_from_sphinx_stops_until_it_is_mended(book):
    book.edit("book/hills/flat.md", "# Flat", "# Flat\n\nSee {ref}`nowhere`.")
    refused(book, "flat.md", "nowhere")
    refused(book, "flat.md", "nowhere")
    book.edit("book/hills/flat.md", "{ref}`nowhere`", "the plain")
    assert book.build().returncode == 0
    assert "See the plain" in book.page("hills/flat")


def test_a_page_taken_out_leaves_the_site(book):
    book.edit("_toc.yml", "  - file: rivers/long\n", "")
    (book.root / "book" / "rivers" / "long.md").unlink()
    assert book.build().returncode == 0
    assert not (book.root / "_build" / "html" / "rivers").exists()
    assert [chapter["name"] for chapter in book.report()["chapters"]] == CHAPTERS[:2]


def test_after_edits_the_site_equals_a_cold_build(book):
    book.edit("book/hills/steep.md", "# Steep", "# Steeper")
    assert book.build().returncode == 0
    book.edit("src/small/ground.py", "return 1", "return 5")
    assert book.build().returncode == 0
    edited = book.site()
    shutil.rmtree(book.root / "_build")
    assert book.build(LANDSCAPING_CORES="1").returncode == 0
    assert book.site() == edited


def test_a_second_build_at_once_says_so(book):
    with open(book.root / "_build" / "lock", "a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = book.build()
    assert done.returncode == 1
    assert "another build" in done.stderr


def test_a_damaged_result_is_made_again(book):
    for notebook in (book.root / "_build" / "executed" / "executed").glob("*/base.ipynb"):
        if "lengths" in notebook.read_text():
            notebook.write_text(notebook.read_text()[:200])
    book.edit("book/hills/steep.md", "about height", "about great height")
    assert book.build().returncode == 0
    assert book.ran() == {"rivers/long": "result missing"}


def test_a_build_killed_between_two_steps_is_healed(book):
    html = book.root / "_build" / "html"
    os.rename(html, html.with_name("html.old"))
    assert book.build().returncode == 0
    assert "height 7" in book.page("hills/steep")


def test_sphinx_alone_never_executes(book):
    book.edit("book/hills/flat.md", 'print("level"', 'print("the level"')
    command = [sys.executable, "-m", "sphinx", "-q", "-c", "_build/conf", "book", "_build/other"]
    done = subprocess.run(command, cwd=book.root, env=book.environment(), capture_output=True, text=True)
    assert done.returncode == 2
    assert (
        "hills/flat has no results for its present text: run `make book`, which runs the chapters"
        in done.stderr
    )


def test_kernels_know_one_thread_one_seed_and_the_site(book):
    code = "import os, json\nnames = ('OMP_NUM_THREADS', 'PYTHONHASHSEED', 'LANDSCAPING_SITE')\n"
    add_cell(
        book, "hills/flat", code + "print(json.dumps([os.environ[n] for n in names]), os.getcwd()[-10:])"
    )
    assert book.build().returncode == 0
    shown = book.page("hills/flat")
    assert json.dumps(["1", "0", "1"]).replace('"', "&quot;") in shown or '["1", "0", "1"]' in shown
    assert "book/hills" in shown


def test_a_build_that_failed_leaves_no_result_for_code_that_was_taken_back(book):
    """Its chapters ran with the new code; after the code is as it was, so must the page be."""
    before = book.page("hills/steep")
    book.edit("src/small/ground.py", "return 1", "return 2")
    book.edit("book/rivers/long.md", "# Long", "# Long\n\nSee [nothing](nowhere.md).")
    assert book.build().returncode == 1
    book.edit("src/small/ground.py", "return 2", "return 1")
    book.edit("book/rivers/long.md", "See [nothing](nowhere.md).", "A word.")
    assert book.build().returncode == 0
    assert book.page("hills/steep") == before
    assert "A word." in book.page("rivers/long")


def test_prose_reads_no_other_chapter(book):
    book.edit("book/hills/flat.md", "# Flat", "# Flat\n\nA word more.")
    code = """
import sys
from sphinx_landscaping import chapters
from sphinx_landscaping.__main__ import main
read = chapters.read
chapters.read = lambda project, name, *more: print("read ", name) or read(project, name, *more)
sys.exit(main(["build"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=book.root, env=book.environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("read")] == ["read  hills/flat"]
    assert "A word more." in book.page("hills/flat")
