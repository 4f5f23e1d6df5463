"""Write numbers as a page for people does."""


def whole(number: int) -> str:
    """Write a count, its thousands apart."""
    return f"{number:,}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun: 1 learner, 2 learners."""
    return f"{whole(number)} {noun if number == 1 else plural or noun + 's'}"


def percent(share: float) -> str:
    """Write a share in whole percent; only 0 is 0% and only 1 is 100%."""
    rounded = round(100 * share)
    if rounded <= 0 < share:
        return "&lt;1%"
    if rounded >= 100 and share < 1:
        return "&gt;99%"
    return f"{rounded}%"


def correlation(value: float) -> str:
    """Write a correlation with two decimals and a real minus sign."""
    written = f"{value:.2f}"
    return "0.00" if float(written) == 0 else written.replace("-", "−")


def seconds(value: float) -> str:
    """Write a time in seconds to three places that count."""
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def coordinate(value: float) -> str:
    """Write a place in a drawing, no finer than a hundredth of a pixel."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
