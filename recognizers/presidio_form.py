"""What a Presidio recognizer of the pack is made of, as data: `recognizers.presidio` turns these into classes.

Importing Presidio takes seconds, so the identifier modules only describe their recognizers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .errors import ValidationError

# Never glued to a further letter or digit; Chinese characters may touch on both sides.
ALONE = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"


@dataclass(frozen=True)
class Form:
    """One recognizer: `patterns` are (name, regular expression, score); `check` confirms, refuses or has no opinion.

    `wrong` is the score of a value that has the shape and fails its check: never silently nothing.
    """

    name: str
    entity: str
    patterns: tuple[tuple[str, str, float], ...]
    context: tuple[str, ...] = ()
    check: Callable[[str], bool | None] | None = None
    wrong: float = 0.0


def passes(validate: Callable[[str], str], value: str) -> bool:
    """Say whether a validator accepts a value."""
    try:
        validate(value)
    except ValidationError:
        return False
    return True
