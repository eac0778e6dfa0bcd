"""Exercises without a printed solution: a student's own numbers, a checker that runs at home, a rubric."""

from landscaping.assessment.asking import check, exercise

__all__ = ["check", "exercise"]
