"""The ground that hills and plains stand on."""


def base() -> int:
    """How high the ground is."""
    return 1
