"""`python -m landscaping.assessment`: check a class, print the rubric, show an exercise."""

import argparse
import sys
from pathlib import Path

from landscaping.assessment import asking, register, rubric, sheet


def arguments() -> argparse.ArgumentParser:
    """The four commands."""
    parser = argparse.ArgumentParser(prog="python -m landscaping.assessment", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("check", help="a table of answers in, the table with verdicts out")
    one.add_argument("answers", type=Path, help="a CSV file with the columns student, exercise, answer")
    one = commands.add_parser("rubric", help="what earns points, as Markdown")
    one.add_argument("chapters", nargs="*", help="like models/spectrum; without any, all chapters")
    one = commands.add_parser("exercise", help="an exercise with a student's numbers")
    one.add_argument("label")
    one.add_argument("--student", default="0")
    commands.add_parser("sheet", help="all exercises of student 0 as JSON, for the site")
    return parser


def check(path: Path) -> int:
    """Print the judged table, and name the rows that could not be read."""
    columns, rows = register.judged(path)
    print(register.written(columns, rows), end="")
    said = register.complaints(path, rows)
    print(*said, sep="\n", end="\n" if said else "", file=sys.stderr)
    return 1 if said else 0


def main(words: list[str] | None = None) -> int:
    """Do what was asked; 1 where rows were left unread, 2 where nothing could be done."""
    asked = arguments().parse_args(words)
    try:
        if asked.command == "check":
            return check(asked.answers)
        said = {
            "rubric": lambda: rubric.of(tuple(asked.chapters)),
            "exercise": lambda: str(asking.exercise(asked.label, asked.student)),
            "sheet": sheet.text,
        }
        print(said[asked.command]())
    except (ValueError, register.Unusable) as stopped:
        print(stopped, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
