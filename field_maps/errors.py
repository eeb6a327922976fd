"""What can be wrong with an edition of the list."""

from __future__ import annotations


class FieldMapError(ValueError):
    """A file of an edition is not as it should be; the message names the file and the dotted path."""
