"""The difference as text, for the person who has to confirm it."""

from __future__ import annotations

from collections.abc import Iterator

from ...scanner.numbers import number_of
from .comparison import Difference


def text(difference: Difference) -> str:
    """Return `difference` line by line: totals, thresholds, then rows by what happened to them."""
    return "\n".join(_lines(difference))


def _lines(difference: Difference) -> Iterator[str]:
    yield f"{difference.original.path.name}: {number_of(len(difference.original.rows), 'row')}"
    for name, (ours, theirs) in difference.totals.items():
        mark = "" if ours == theirs else "  <-- differs"
        yield f"  {name}: {ours} in the working edition, {theirs} in the original{mark}"
    yield f"  unchanged rows: {difference.unchanged}"
    yield f"thresholds changed: {len(difference.thresholds)}"
    for change in difference.thresholds:
        where = f"{change.sector} {change.row}, {change.counter}, tier {change.tier}"
        yield f"  {where}: {change.working:,} -> {change.original:,}  ({change.place})"
    yield f"renamed: {len(difference.renamed)}"
    for each in difference.renamed:
        yield f"  {each['id']}: {each['working']} -> {each['original']}  ({each['place']})"
    yield f"moved: {len(difference.moved)}"
    for each in difference.moved:
        yield f"  {each['id']} -> {each['to']}: {each['name']}  ({each['place']})"
    yield f"in the original alone: {len(difference.added)}"
    for each in difference.added:
        yield f"  {each['scenario']}: {each['name']}  ({each['place']})"
    yield f"in the working edition alone: {len(difference.missing)}"
    for each in difference.missing:
        yield f"  {each['id']}: {each['name']}"
    yield f"to be decided by a person: {len(difference.ambiguous)}"
    for each in difference.ambiguous:
        yield f"  {each['name']}  ({each['place']}): {' or '.join(each['candidates'])}"
