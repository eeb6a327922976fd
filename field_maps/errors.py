"""What can be wrong with an edition of a list: always a file and the dotted path inside it."""

from __future__ import annotations


class FieldMapError(ValueError):
    """An edition's file says something the format does not allow; the shell learns 2.

    >>> raise FieldMapError("unknown unit: persons", where="rows.yaml: rows.patients.unit", hint="did you mean person?")
    Traceback (most recent call last):
        ...
    exportgate.field_maps.errors.FieldMapError: rows.yaml: rows.patients.unit: unknown unit: persons
    Hint: did you mean person?
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        sentence = f"{where}: {what}" if where else what
        super().__init__(f"{sentence}\nHint: {hint}" if hint else sentence)
        self.what, self.where, self.hint = what, where, hint
