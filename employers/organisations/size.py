"""How an employer transacts follows from how many it employs: 19 is small, 20 medium, 1 000 medium, 1 001 large."""

SMALL, MEDIUM, LARGE = "small", "medium", "large"
SMALL_BELOW = 20
LARGE_ABOVE = 1000


def size_class(employees: int) -> str:
    if employees < SMALL_BELOW:
        return SMALL
    return LARGE if employees > LARGE_ABOVE else MEDIUM


def bounds(of: str) -> tuple[int, int]:
    """The fewest and the most employees of a size class; the most that a column holds where there is no end."""
    return {
        SMALL: (0, SMALL_BELOW - 1),
        MEDIUM: (SMALL_BELOW, LARGE_ABOVE),
        LARGE: (LARGE_ABOVE + 1, 2**31 - 1),
    }[of]
