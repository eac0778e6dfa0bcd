"""The warm parent has imported all that a chapter's first training needs."""

import json
import os
import subprocess
import sys

from sphinx_landscaping.provisioning import ONE_THREAD

FIRST = """
import json, sys
from sphinx_landscaping import warm
said = warm.warm_up(["torch"])
import torch
from landscaping import ensemble
before = set(sys.modules)
nets = ensemble.stack(lambda: torch.nn.Linear(3, 1), range(2))
x = torch.ones(5, 3)
ensemble.run(ensemble.train(nets, torch.nn.functional.mse_loss, x, x[:, :1], ensemble.Adam(0.01), steps=2))
print(json.dumps([said, sorted(set(sys.modules) - before)]))
"""


def test_a_first_training_imports_next_to_nothing_more():
    command = [sys.executable, "-c", FIRST]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=one_thread())
    said, late = json.loads(done.stdout)
    assert said["cpu_seconds"] > 0  # it may fork: nothing started a thread
    assert len(late) < 20, late[:20]


def one_thread() -> dict[str, str]:
    """As a kernel's environment."""
    return os.environ | dict.fromkeys(ONE_THREAD, "1")
