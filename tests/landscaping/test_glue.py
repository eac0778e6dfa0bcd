import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from landscaping.glue import glue


@pytest.fixture(autouse=True)
def _shell():
    InteractiveShell.instance()
    yield
    InteractiveShell.clear_instance()


def test_glue_keeps_a_value_for_the_prose_and_shows_nothing():
    with capture_output() as captured:
        glue(seeds=8, share=torch.tensor(0.25), arm="dense", many="4,000")
    kept = {o.metadata["scrapbook"]["name"]: o.data for o in captured.outputs}
    assert {name: list(data.values()) for name, data in kept.items()} == {
        "seeds": ["8"],
        "share": ["0.25"],
        "arm": ["'dense'"],
        "many": ["'4,000'"],  # quoted: read as Python, 4,000 would be a pair
    }
    assert all(list(data) == ["application/papermill.record/text/plain"] for data in kept.values())
