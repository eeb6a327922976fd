"""How probably a column is nobody's, by every word of it and around it, as learnt from labelled tables.

The rules read what a name means. That a *jurisdiction*, a *planned site* or a *flag of use* beside patients tells of no
patient, and that a table of *studies* or of *conclusions to choose from* has none, nobody wrote down for every word. So
what the rules claim is held against the words of the column, its neighbours and its table; where these say clearly that
the column is nobody's, a claim of a kind that rules take from its surroundings falls. What values show stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import exp, fsum

from ...field_maps.yaml_files import shipped
from ...recognizers.column_names_split import split
from .claims import Claim
from .frame import Frame
from .names import Names
from .table import TableInput

SILENT, AT_REST = "silent", "always"
"""What is claimed where nothing is, and what every column has."""
OF_TABLE, OF_FRAME, IN_FRAME, BESIDE = 0.5, 0.5, 0.7, 0.7
"""How loud the words of a table are, what it is about, a claim in what it is about, and what stands beside."""
CROWD = 3.0
"""A kind that a third of the columns have is as loud as one that all have."""
REACH = (-2, -1, 1, 2)
"""Which neighbours are heard."""
LONGEST = 8
"""Of a comment, so many words."""
AUDIBLE = 0.5
"""So much must the words of a column and its table say for *nobody's*, in natural-log units."""
Said = dict[str, float]
_OF_NAME, _OWN = "N:", ("N:", "C:", "E:", "T:")


def nobody(table: TableInput, names: Sequence[Names], claims: Sequence[Claim], frame: Frame) -> list[float]:
    """Return for each column how probably, from 0 to 1, it is nobody's; 0 where its words were not learnt.

    That much beside patients is nobody's is no ground to take a word for the same that no labelled table had.
    """
    return [_nobodys(each) for each in said(table, names, claims, frame)]


def _nobodys(heard: Said) -> float:
    weights = _weights()
    if any(word.startswith(_OF_NAME) and word not in weights for word in heard):
        return 0.0
    says = {word: weights[word] * loud for word, loud in heard.items() if word in weights}
    if fsum(says[word] for word in says if word.startswith(_OWN)) < AUDIBLE:
        return 0.0
    return 1 / (1 + exp(-fsum(says.values())))  # the same in whatever order flags come


@cache
def _weights() -> Mapping[str, float]:
    """Return what each word says for *nobody's*, in natural-log units."""
    data = shipped(__package__, "fitted_words.yaml")
    return {word: says * data["unit"] for word, says in data["words"].items()}


def said(
    table: TableInput, names: Sequence[Names], claims: Sequence[Claim], frame: Frame, trust: str = ""
) -> Iterator[Said]:
    """Yield what is said of each column, with how loud.

    `trust` tells apart, when weights are fitted, the claims of rules that were written with the table in sight: they
    are righter there than anywhere else.
    """
    around = {AT_REST: 1.0} | _of_table(table, claims, frame)
    kinds = [claim.kind or SILENT for claim in claims]
    for place, (own, claim) in enumerate(zip(names, claims, strict=True)):
        words = _of_column(own, table.columns[place].name, frame) | _of_claim(claim, frame, trust)
        yield around | words | dict(_beside(kinds, place))


def _of_table(table: TableInput, claims: Sequence[Claim], frame: Frame) -> Said:
    words = Counter(_words(table.name) + _words(table.comment))
    size = max(1.0, sum(count * count for count in words.values()) ** 0.5)
    crowd = Counter(claim.kind or SILENT for claim in claims)
    return (
        {f"T:{word}": OF_TABLE * count / size for word, count in words.items()}
        | {f"F:{flag}": OF_FRAME for flag in frame.flags}
        | {f"S:{frame.said}": OF_FRAME}
        | {f"H:{kind}": OF_FRAME * min(1.0, CROWD * count / len(claims)) for kind, count in crowd.items()}
    )


def _of_column(own: Names, name: str, frame: Frame) -> Said:
    found: Said = {}
    for tag, words in (("N:", _words(own.name.text or name)), ("C:", _words(own.comment.text)[:LONGEST])):
        size = max(1.0, len(set(words)) ** 0.5)
        found |= {tag + word: 1 / size for word in words}
        for word in words[-1:]:
            found |= {f"E:{word}": 1.0, f"E:{word} of {frame.said}": IN_FRAME}
    return found


def _of_claim(claim: Claim, frame: Frame, trust: str) -> Said:
    kind = claim.kind or SILENT
    found = {f"{trust}K:{kind}": 1.0, f"{trust}K:{kind} {claim.certainty}": 1.0, f"K:{kind} of {frame.said}": 1.0}
    return found | {f"{trust}K:{kind} in {flag}": IN_FRAME for flag in frame.flags}


def _beside(kinds: Sequence[str], place: int) -> Iterable[tuple[str, float]]:
    for step in REACH:
        if 0 <= place + step < len(kinds):
            yield f"B{step if abs(step) == 1 else abs(step)}:{kinds[place + step]}", BESIDE


def _words(text: str) -> list[str]:
    return [item.text.lower() for item in split(text)]
