"""Numbers as a public page says them."""

from __future__ import annotations


def rounded_down(count: int) -> int:
    """Return a round number that `count` is more than, or `count` itself where there is none: 608 → 600, 600 → 500, 47 → 40, 7 → 7.

    Hundreds from a hundred on, tens from ten on. Raises ValueError below zero. Source: the sentence "more than 600 agreements".
    """
    if count < 0:
        raise ValueError("There are no fewer than none.")
    step = 100 if count > 100 else 10
    return (count - 1) // step * step if count > 10 else count
