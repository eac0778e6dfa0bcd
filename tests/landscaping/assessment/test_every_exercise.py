"""Every exercise, for many students: right answers pass, known mistakes are named, numbers differ."""

import re
from functools import cache
from pathlib import Path
from time import process_time

import pytest
import yaml

from landscaping.assessment import answers, shelf
from landscaping.assessment.record import Found
from landscaping.assessment.value import Value

BOOK = Path(__file__).parents[3] / "book"
EXERCISES = shelf.everything()
CHAPTER = {one.label: name for name in shelf.CHAPTERS for one in shelf.of_chapter(name)}
STUDENTS = range(50)


@cache
def numbers_of(label, student):
    return EXERCISES[label].numbers(student)


@cache
def right_of(label, student):
    return EXERCISES[label].judge.right(numbers_of(label, student))


every = pytest.mark.parametrize("one", EXERCISES.values(), ids=EXERCISES)


@every
def test_right_answers_pass_and_known_mistakes_are_named(one):
    for student in STUDENTS:
        numbers = numbers_of(one.label, student)
        assert one.judge.found(numbers, right_of(one.label, student)) == Found(True), student
        for values, words in one.judge.wrong(numbers):
            found = one.judge.found(numbers, values)
            assert not found.right, (student, values)
            assert words in found.hint, (student, values)


@every
def test_five_digits_are_enough(one):
    for student in STUDENTS:
        numbers = numbers_of(one.label, student)
        text = " ".join(f"{value:.5g}" for value in right_of(one.label, student))
        assert one.judge.found(numbers, answers.read(text, one.wanted(numbers))).right, student


@every
def test_fifty_students_have_at_least_forty_different_answers(one):
    rights = {tuple(round(value, 9) for value in right_of(one.label, s)) for s in STUDENTS}
    assert len(rights) >= 40


@every
def test_a_neighbours_answer_seldom_helps(one):
    pairs = [(numbers_of(one.label, s), right_of(one.label, (s + 1) % len(STUDENTS))) for s in STUDENTS]
    judged = [one.judge.found(n, values) for n, values in pairs if len(values) == one.wanted(n)]
    assert sum(found.right for found in judged) <= 10, "one in five at most"


@every
def test_the_wording_names_all_its_numbers_and_keeps_the_answer_back(one):
    for student in STUDENTS[:10]:
        text = one.asked(student)
        assert "@" not in text
        if isinstance(one.judge, Value):
            (first, *_) = right_of(one.label, student)
            assert f"{first:.6g}" not in re.findall(r"-?\d+\.\d{3,}", text), student


@every
def test_one_check_is_quick(one):
    answer = list(right_of(one.label, 7))
    before = process_time()
    one.check(7, answer)
    assert process_time() - before < 2


@every
def test_the_rubric_gives_six_points_and_says_for_what(one):
    assert sum(points for points, _ in one.rubric) == 6
    assert all(points > 0 and len(what) > 15 for points, what in one.rubric)


@every
def test_it_belongs_to_its_chapter_and_stands_on_its_page(one):
    chapter = CHAPTER[one.label]
    text = (BOOK / f"{chapter}.md").read_text("utf-8")
    assert one.label.startswith(f"assess-{chapter.split('/')[-1]}-")
    assert f"({one.section})=" in text
    assert one.udl in yaml.safe_load(text.split("---")[1])["udl"]
    assert f"{{assessment}} {one.label}\n" in text


def test_every_chapter_has_two_and_stands_in_the_books_order():
    toc = (BOOK.parent / "_toc.yml").read_text("utf-8")
    named = re.findall(r"file: (\S+)", toc)
    listed = [name for name in named if name != "guide" and not re.search(r"^reference/|index$", name)]
    assert list(shelf.CHAPTERS) == listed
    assert all(len(shelf.of_chapter(name)) == 2 for name in shelf.CHAPTERS)


def test_one_in_each_chapter_is_tried_and_not_compared():
    for name in shelf.CHAPTERS:
        kinds = [isinstance(one.judge, Value) for one in shelf.of_chapter(name)]
        assert sorted(kinds) == [False, True], name
