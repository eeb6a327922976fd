"""Why a written identifier is refused. Each error says in one sentence which part is wrong, never the value.

::

    ValidationError          (a ValueError)
    ├── InvalidFormat        a character or a separator that cannot stand there
    ├── InvalidLength        too short or too long
    ├── InvalidChecksum      shape right, check digit wrong: a signal of its own
    └── InvalidComponent     a part that refers to something that does not exist (a place, a day, an issuer)
"""

from __future__ import annotations


class ValidationError(ValueError):
    """Base of the family."""

    sentence = "The value is not valid."

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence)


class InvalidFormat(ValidationError):  # noqa: N818 - the sentence reads as the name of what is wrong
    """A character or a separator cannot stand where it stands."""

    sentence = "The value is not written in the form of the identifier."


class InvalidLength(ValidationError):  # noqa: N818
    """The value is too short or too long."""

    sentence = "The value has the wrong length."


class InvalidChecksum(ValidationError):  # noqa: N818
    """The value has the right shape and a wrong check digit."""

    sentence = "The check digit does not agree with the rest of the value."


class InvalidComponent(ValidationError):  # noqa: N818
    """A part of the value refers to something that does not exist."""

    sentence = "A part of the value refers to something that does not exist."
