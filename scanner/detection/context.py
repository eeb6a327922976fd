"""What is known of a column before its values are: what the rules make of it, its words, and what stands around it.

The rules read one column after the other; that a *status* is of a patient's visit, or a *name* of a shop's counter,
the whole table tells. Each piece is a short text with what kind of piece it is in front: ``kind:phone`` for what the
rules say, ``C:birth`` for a word of the column, ``E:`` for the one it ends in, ``T:`` for one of the table's name,
``A:`` for one of the columns around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..mapping.learnt import OF_COLUMN, called, ends_of, own_words, words_around
from ..results import ColumnVerdict
from .claims import Claim
from .frame import Frame
from .names import Names
from .table import ColumnInput, TableInput

SHARES = 5
"""Into how many parts the share of columns about persons is cut."""
TYPES = {
    "whole": ("int", "serial", "number"),
    "decimal": ("dec", "numeric", "float", "double", "real", "money"),
    "time": ("date", "time"),
    "long": ("text", "clob", "json"),
    "flag": ("bool", "bit"),
    "short": ("char", "string", "enum"),
}
"""Sorts of declared types, by what stands in their names; the first that fits."""
Context = dict[str, float]


def contexts(
    table: TableInput,
    names: Sequence[Names],
    claims: Sequence[Claim],
    frame: Frame,
    verdicts: Sequence[ColumnVerdict],
) -> tuple[Context, ...]:
    """Return for each column what is known of it, each piece with how loud it is; `verdicts` are by words alone."""
    if not verdicts:
        return ()
    shared = {**_of_table(frame, verdicts), **called(table.name, table.comment)}
    words = [own_words(column.name, column.comment) for column in table.columns]
    said, kinds = Counter(word for each in words for word in each), Counter(verdict.kind for verdict in verdicts)
    return tuple(
        {
            **shared,
            **_of_claim(claims[at], verdict),
            **dict.fromkeys(_of_names(column, names[at]), 1.0),
            **{OF_COLUMN + word: says for word, says in words[at].items()},
            **ends_of(column.name, column.comment),
            **words_around(said, words[at]),
            **dict.fromkeys(_beside(verdicts, at, kinds), 1.0),
        }
        for at, (column, verdict) in enumerate(zip(table.columns, verdicts, strict=True))
    )


def _of_table(frame: Frame, verdicts: Sequence[ColumnVerdict]) -> Context:
    personal = sum(verdict.pi != "none" for verdict in verdicts) / len(verdicts)
    sensitive = sum(verdict.pi == "sensitive" for verdict in verdicts) / len(verdicts)
    marks = (
        f"lead:{frame.said}",
        f"mostly:{frame.mostly}",
        f"topic:{frame.topic}",
        f"personal:{int(personal * SHARES)}",
        f"sensitive:{int(sensitive * SHARES)}",
        *(f"flag:{flag}" for flag in frame.flags),
    )
    return {**dict.fromkeys(marks, 1.0), "personal": personal, "sensitive": sensitive}


def _of_claim(claim: Claim, verdict: ColumnVerdict) -> Context:
    said = (
        f"kind:{verdict.kind}",
        f"class:{verdict.pi}",
        f"by:{verdict.decided_by}",
        f"claim:{claim.kind}",
        f"sure:{verdict.kind} {claim.certainty}",
        f"role:{claim.role}",
        f"denied:{claim.denied}",
    )
    return dict.fromkeys(said, 1.0)


def _of_names(column: ColumnInput, said: Names) -> Iterator[str]:
    yield f"type:{type_of(column.declared_type)}"
    for where, reading in (("name", said.name), ("comment", said.comment)):
        if reading.head:
            yield f"{where}:{reading.head.id}"
            yield f"group:{reading.head.group}"
        yield from (f"mod:{mod}" for mod in reading.mods)


def type_of(declared: str) -> str:
    """Return the sort of a declared type.

    >>> type_of("varchar(64)"), type_of("BIGINT"), type_of("datetime"), type_of("")
    ('short', 'whole', 'time', '')
    """
    lowered = declared.lower()
    return next((sort for sort, parts in TYPES.items() if any(part in lowered for part in parts)), "")


def _beside(verdicts: Sequence[ColumnVerdict], at: int, kinds: Counter[str]) -> Iterator[str]:
    own = verdicts[at].kind
    yield from (f"beside:{kind}" for kind, count in kinds.items() if count > (kind == own))
    for where, place in (("before", at - 1), ("after", at + 1)):
        if 0 <= place < len(verdicts):
            yield f"{where}:{verdicts[place].kind}"
            yield f"{where}:{verdicts[place].pi}"
