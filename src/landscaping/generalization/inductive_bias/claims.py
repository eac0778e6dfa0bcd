"""What the chapter on inductive bias states, and what would show it wrong."""

from landscaping.claims import Claim, every, mean
from landscaping.generalization.inductive_bias import amounts, arms, handwriting, order, positions, trees

TREES = Claim(
    label="claim-inductive-bias-trees",
    sentence="A dense net with its other weights held at zero goes, step by step, where the untied net goes.",
    experiment=trees.fenced,
    measure=lambda gap: gap,
    gate=every(at_most=1e-10),
    control=trees.unfenced,
    control_is="the same start without the trees",
    unit="nats apart",
    statements=("A7", "C10"),
    exact=True,
)

DESCENT = Claim(
    label="claim-inductive-bias-descent",
    sentence="A dense net of the convolution's own shape, started at random weights, ends at least eight "
    "points below the convolution.",
    experiment=arms.four_arms,
    measure=lambda run: run.tied - run.dense,
    gate=every(at_least=8.0),
    control=arms.four_arms_shuffled,
    control_is="the same arms on shuffled positions",
    unit="points",
    published="94 against 68 for a convolutional and a plain net of other shapes",
    citation="greydanus2024scaling",
    statements=("A4", "C12"),
)

THERE = Claim(
    label="claim-inductive-bias-there",
    sentence="Started at the convolution's weights and trained on with every weight free, the dense net "
    "stays within two points of the convolution, or above it.",
    experiment=arms.four_arms,
    measure=lambda run: run.grown - run.tied,
    gate=every(at_least=-2.0),
    control=arms.grown_at_random,
    control_is="the dense net from random weights",
    unit="points",
    statements=("C12",),
)

ZEROS = Claim(
    label="claim-inductive-bias-zeros",
    sentence="Zeros alone, without ties, lift the net at least five points above the dense one.",
    experiment=arms.four_arms,
    measure=lambda run: run.untied - run.dense,
    gate=every(at_least=5.0),
    control=arms.four_arms_shuffled,
    control_is="the same arms on shuffled positions",
    unit="points",
    statements=("C10",),
)

TIES = Claim(
    label="claim-inductive-bias-ties",
    sentence="Ties add at least one point more on average.",
    experiment=arms.four_arms,
    measure=lambda run: run.tied - run.untied,
    gate=mean(at_least=1.0),
    control=arms.four_arms_shuffled,
    control_is="the same arms on shuffled positions",
    unit="points",
    statements=("C10",),
)

ORDER = Claim(
    label="claim-inductive-bias-order",
    sentence="Permute the pixels and the first weights alike, and a dense net gives the same answers at "
    "every step, under gradient descent, momentum and Adam.",
    experiment=order.dense_twins_in_order,
    measure=lambda twins: twins.widest,
    gate=every(at_most=1e-9),
    control=order.convolutional_twins_in_order,
    control_is="a convolutional net, which has no weight for each pixel",
    unit="of the largest answer",
    statements=("C12",),
    exact=True,
)

SHUFFLED = Claim(
    label="claim-inductive-bias-shuffled",
    sentence="Shuffled positions cost the convolution at least fifteen points.",
    experiment=positions.convolution,
    measure=lambda run: run.in_order - run.shuffled,
    gate=every(at_least=15.0),
    control=positions.plain_net,
    control_is="the plain net, which loses nothing",
    unit="points",
    published="94 to 56 for a convolutional net, 68 to 68 for a plain one",
    citation="greydanus2024scaling",
    statements=("A4", "C13"),
)

DATA = Claim(
    label="claim-inductive-bias-data",
    sentence="Four times the examples lift a plain net, on average, at least one point above a dense net "
    "with more than five times its weights.",
    experiment=amounts.weights_or_examples,
    measure=lambda run: run.more_data - run.more_weights,
    gate=mean(at_least=1.0),
    control=amounts.same_data,
    control_is="the plain net with no more examples than the large one",
    unit="points",
    statements=("A4", "C13"),
)

DIGITS = Claim(
    label="claim-inductive-bias-digits",
    sentence="On digits of 8 × 8 pixels a plain net is right at least 92 times in a hundred, so that no "
    "constraint can gain more than eight points.",
    experiment=handwriting.plain_reader,
    measure=lambda accuracy: accuracy,
    gate=every(at_least=92.0),
    control=handwriting.on_curves,
    control_is="the plain net after as many curves of MNIST-1D",
    unit="% right",
    statements=("C2", "C8"),
)

CLAIMS = (TREES, DESCENT, THERE, ZEROS, TIES, ORDER, SHUFFLED, DATA, DIGITS)
