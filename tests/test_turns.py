"""A costly test takes a fifth of the chapters, or all where that is not enough."""

import pytest

import turns

NAMES = [f"part/{number}" for number in range(11)]
COMMIT = f"{3:040x}"
ENGINE = ("engine/", "a.lock")


def test_every_chapter_has_its_turn():
    picked = [turns.chosen(NAMES, f"{number:040x}") for number in range(5)]
    assert {len(each) for each in picked} == {2, 3}
    assert sorted(name for each in picked for name in each) == sorted(NAMES)


@pytest.fixture
def engine(monkeypatch, tmp_path):
    """A repository whose engine was tested whole."""
    files = ["engine/one.py", "engine/two.py", "a.lock", "book/part/1.md"]
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was", "utf8")
    for name, value in {"ROOT": tmp_path, "WHOLE": tmp_path / "whole.json", "EVERYTHING": False}.items():
        monkeypatch.setattr(turns, name, value)
    said = {"ls-files": files[:3], "rev-parse": [COMMIT], "tag": []}
    monkeypatch.setattr(turns, "git", lambda command, *_: said[command])
    turns.saw_whole("it", ENGINE)
    return tmp_path, said


def test_a_fifth_is_enough_where_this_engine_was_seen_whole(engine):
    root, _ = engine
    (root / "book/part/1.md").write_text("another sentence", "utf8")
    assert turns.turn("it", NAMES, ENGINE) == turns.chosen(NAMES, COMMIT)


def test_an_engine_that_the_test_never_saw_whole_takes_all(engine):
    root, _ = engine
    assert turns.turn("another test", NAMES, ENGINE) == NAMES
    (root / "a.lock").write_text("other pins", "utf8")
    assert turns.turn("it", NAMES, ENGINE) == NAMES
    turns.saw_whole("it", ENGINE)
    assert turns.turn("it", NAMES, ENGINE) != NAMES


def test_a_file_more_in_the_engine_takes_all(engine):
    root, said = engine
    (root / "engine/three.py").write_text("new", "utf8")
    said["ls-files"] = [*said["ls-files"], "engine/three.py"]
    assert turns.turn("it", NAMES, ENGINE) == NAMES


def test_an_edition_takes_all(engine):
    engine[1]["tag"] = ["v2026.11"]
    assert turns.turn("it", NAMES, ENGINE) == NAMES


def test_what_is_asked_of_git_is_the_whole_engine(monkeypatch):
    listed = turns.git("ls-files", "--", *(f"{begin}*" for begin in turns.ENGINE))
    assert {
        "src/sphinx_landscaping/building.py",
        "constraints.txt",
        "src/sphinx_landscaping/theme/layout.html",
    } <= set(listed)
    assert not any(path.startswith("book/") for path in listed)
