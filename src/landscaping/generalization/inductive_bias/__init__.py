"""Why do feed-forward nets not find convolution themselves? Experiments and claims of that chapter."""

from landscaping.generalization.inductive_bias.amounts import PLAIN_STEPS, by_examples, weights_or_examples
from landscaping.generalization.inductive_bias.arms import AFTER_STEPS, EXAMPLES, STEPS, WINDOWS, four_arms
from landscaping.generalization.inductive_bias.claims import (
    CLAIMS,
    DATA,
    DESCENT,
    DIGITS,
    ORDER,
    SHUFFLED,
    THERE,
    TIES,
    TREES,
    ZEROS,
)
from landscaping.generalization.inductive_bias.curves import MOST, TEST
from landscaping.generalization.inductive_bias.handwriting import plain_reader, rows_reader
from landscaping.generalization.inductive_bias.order import dense_twins_in_order
from landscaping.generalization.inductive_bias.positions import convolution, plain_net
from landscaping.generalization.inductive_bias.tables import by_arm, by_position
from landscaping.generalization.inductive_bias.trees import fenced

__all__ = [
    "AFTER_STEPS",
    "CLAIMS",
    "DATA",
    "DESCENT",
    "DIGITS",
    "EXAMPLES",
    "MOST",
    "ORDER",
    "PLAIN_STEPS",
    "SHUFFLED",
    "STEPS",
    "TEST",
    "THERE",
    "TIES",
    "TREES",
    "WINDOWS",
    "ZEROS",
    "by_arm",
    "by_examples",
    "by_position",
    "convolution",
    "dense_twins_in_order",
    "fenced",
    "four_arms",
    "plain_net",
    "plain_reader",
    "rows_reader",
    "weights_or_examples",
]
