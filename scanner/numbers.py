"""Numbers as a sentence says them."""

from __future__ import annotations


def number_of(number: int, thing: str, things: str = "") -> str:
    """Return a number with its things, one of them or several.

    >>> number_of(1, "person"), number_of(1500, "person"), number_of(0, "entry", "entries")
    ('1 person', '1,500 persons', '0 entries')
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
