"""Noise, momentum, Adam: experiments and claims of that chapter."""

from landscaping.optimization.stochastic_gradient_descent.claims import (
    ALONG,
    CLAIMS,
    CLOCK,
    COMMON,
    DECAY,
    EPOCHS,
    FACTOR,
    GAIN,
    HEIGHT,
    INPUTS,
    NOISE,
    RAISED,
    RESCUE,
    STRAIGHT,
    TUNED,
    TURNED,
)
from landscaping.optimization.stochastic_gradient_descent.crossing import crossings
from landscaping.optimization.stochastic_gradient_descent.heights import freely, hovering, settling
from landscaping.optimization.stochastic_gradient_descent.momentum import late_curvature, race
from landscaping.optimization.stochastic_gradient_descent.noise import batch_noise
from landscaping.optimization.stochastic_gradient_descent.scales import turned_inputs
from landscaping.optimization.stochastic_gradient_descent.tuning import sweep
from landscaping.optimization.stochastic_gradient_descent.turning import bent, both_ways

__all__ = [
    "ALONG",
    "CLAIMS",
    "CLOCK",
    "COMMON",
    "DECAY",
    "EPOCHS",
    "FACTOR",
    "GAIN",
    "HEIGHT",
    "INPUTS",
    "NOISE",
    "RAISED",
    "RESCUE",
    "STRAIGHT",
    "TUNED",
    "TURNED",
    "batch_noise",
    "bent",
    "both_ways",
    "crossings",
    "freely",
    "hovering",
    "late_curvature",
    "race",
    "settling",
    "sweep",
    "turned_inputs",
]
