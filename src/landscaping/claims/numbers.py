"""Numbers as a reader writes them."""


def number(value: float) -> str:
    """Three significant digits, as a reader writes them."""
    if value == 0 or 1e-3 <= abs(value) < 1e5:
        digits = f"{value:.3g}"
        return f"{value:.0f}" if "e" in digits else digits
    mantissa, power = f"{value:.1e}".split("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa} · 10{raised}"


def bounds(at_least: float, at_most: float) -> str:
    """The two bounds in words."""
    if at_least == -float("inf"):
        return f"at most {number(at_most)}"
    if at_most == float("inf"):
        return f"at least {number(at_least)}"
    return f"from {number(at_least)} to {number(at_most)}"
