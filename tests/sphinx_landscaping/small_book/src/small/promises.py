"""A promise that can fail, under the name that the book's claims use."""


class ClaimFailed(AssertionError):  # noqa: N818
    """What a claim raises that does not hold."""


def check(measured: float, wanted: float) -> None:
    """Hold a measure against a gate."""
    if measured < wanted:
        raise ClaimFailed(f"claim-small-hills: hills are high; measured {measured}, wanted at least {wanted}")
