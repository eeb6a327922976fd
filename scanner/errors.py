"""What can go wrong, and which exit code it means.

::

    ExportgateError            every error a user can meet; `exit_code` says what the shell learns
    ├── UsageError        2    bad usage, configuration or manifest
    ├── SourceError       3    a source could not be read: nothing may be concluded
    │   └── UnavailableError   …   just now: it may be readable when tried again
    ├── LedgerError       3    the ledger could not be read or written: nothing was booked
    ├── ComponentError    3    a part failed or two parts disagree: nothing may be concluded
    └── ReviewError       4    cannot be decided; a person must review

A message is one sentence, what and where, and a hint on its own line when there is one. It never holds a cell's value.

>>> raise UsageError("no such column: id_nr", where="m.yaml: identity.cn_resident_id", hint="did you mean id_no?")
Traceback (most recent call last):
    ...
exportgate.scanner.errors.UsageError: m.yaml: identity.cn_resident_id: no such column: id_nr
Hint: did you mean id_no?
"""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum


class ExitCode(IntEnum):
    """What the shell learns. When several apply: 2, 3, 1, 4, 0."""

    MAY_GO = 0
    MUST_NOT_GO = 1
    BAD_USAGE = 2
    FAILED = 3
    REVIEW = 4

    @classmethod
    def worst(cls, codes: Collection[ExitCode]) -> ExitCode:
        """Return the code that speaks for all of `codes`.

        >>> ExitCode.worst([ExitCode.REVIEW, ExitCode.MUST_NOT_GO]).name
        'MUST_NOT_GO'
        """
        order = (cls.BAD_USAGE, cls.FAILED, cls.MUST_NOT_GO, cls.REVIEW, cls.MAY_GO)
        return next((code for code in order if code in codes), cls.MAY_GO)


class ExportgateError(Exception):
    """Base of the family. `where` is a file and dotted path or a dataset's name; `hint` is the way out."""

    exit_code = ExitCode.FAILED

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        sentence = f"{where}: {what}" if where else what
        super().__init__(f"{sentence}\nHint: {hint}" if hint else sentence)
        self.what, self.where, self.hint = what, where, hint


class UsageError(ExportgateError):
    """Bad usage, configuration or manifest."""

    exit_code = ExitCode.BAD_USAGE


class SourceError(ExportgateError):
    """A source could not be read to its end."""


class UnavailableError(SourceError):
    """A source could not be reached just now: a server was busy, a connection broke. Trying again may help."""


class LedgerError(ExportgateError):
    """The ledger could not be opened, read or written."""


class ComponentError(ExportgateError):
    """A component failed, or two components that must agree do not."""


class ReviewError(ExportgateError):
    """Nothing is wrong, but a person has to decide."""

    exit_code = ExitCode.REVIEW
