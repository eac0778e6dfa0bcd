"""A chart with more rows than Altair allows: a real one, in a real kernel."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from sphinx_landscaping import kernels
from sphinx_landscaping.limits import Limits

ROOT = Path(__file__).parents[2]
CELL = """import altair as alt
import pandas as pd
alt.Chart(pd.DataFrame({"x": range(ROWS)})).mark_point().encode(x="x:Q")"""


def run(tmp_path, rows):
    """A chapter of one figure, executed."""
    header = {"mystnb": {"figure": {"name": "fig-many-rows", "caption": "All."}}, "alt": "Points."}
    cell = nbformat.v4.new_code_cell(CELL.replace("ROWS", str(rows)), metadata=header)
    notebook = dict(nbformat.v4.new_notebook(cells=[cell]))
    folder = str(tmp_path)
    job = kernels.Job("many", notebook, folder, str(ROOT / "src"), folder, (), Limits(120, 2000))
    with ThreadPoolExecutor(1) as thread:  # the browser's tests leave a loop running in this one
        return thread.submit(kernels.run, job).result()


@pytest.mark.slow
def test_the_build_names_the_figure_and_says_what_to_do(tmp_path):
    failure = run(tmp_path, 5001).failure
    assert failure.startswith("many, cell 1: figure fig-many-rows has more rows than a chart may carry")
    assert "quartiles over the seeds" in failure
    assert run(tmp_path, 5000).failure == ""
