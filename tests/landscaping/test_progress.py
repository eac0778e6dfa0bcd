"""A reader who waits is told how far a training is; the site's build says nothing."""

import sys
from itertools import count, islice
from types import SimpleNamespace

import pytest

from landscaping import progress
from landscaping.progress import told


@pytest.fixture
def said(monkeypatch):
    """What a notebook would show, every second of an hour-long training."""
    words, clock = [], count()

    class Line:
        def update(self, data, raw):
            words.append(data["text/plain"])

    def display(data, raw, display_id):
        words.append(data["text/plain"])
        return Line()

    monkeypatch.setattr(progress, "display", display)
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    return words


def test_steps_are_the_same_steps_and_a_long_training_is_counted(monkeypatch, said):
    monkeypatch.setattr(progress, "watched", lambda: True)
    assert list(told(range(6), 6)) == list(range(6))
    assert said == ["step 4 of 6 · 4 s", "step 5 of 6 · 5 s", "step 6 of 6 · 6 s", "6 steps in 7 s"]


def test_a_training_that_its_caller_stops_says_how_long_it_was(monkeypatch, said):
    monkeypatch.setattr(progress, "watched", lambda: True)
    steps = told(count())
    assert list(islice(steps, 5)) == [0, 1, 2, 3, 4]
    steps.close()
    assert said == ["step 4 · 4 s", "5 steps in 5 s"]


def test_a_short_training_says_nothing(monkeypatch, said):
    monkeypatch.setattr(progress, "watched", lambda: True)
    assert list(told(range(3), 3)) == [0, 1, 2]
    assert said == []


def test_nothing_is_said_outside_of_a_notebook_nor_while_the_site_is_built(monkeypatch, said):
    assert not progress.watched()
    assert list(told(range(6), 6)) == list(range(6))
    kernel = SimpleNamespace(IPKernelApp=SimpleNamespace(initialized=lambda: True))
    monkeypatch.setitem(sys.modules, "ipykernel.kernelapp", kernel)
    assert progress.watched()
    monkeypatch.setenv("LANDSCAPING_SITE", "1")
    assert not progress.watched()
    assert list(told(range(6), 6)) == list(range(6))
    assert said == []
