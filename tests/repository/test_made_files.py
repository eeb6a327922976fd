"""What is made beforehand is what would be made now; where it is not, a scan is slow, and never wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from exportgate.benchmarks import refresh
from exportgate.field_maps import catalog
from exportgate.scanner.mapping import phrases, phrases_stored, vocabulary
from exportgate.scanner.mapping.index import index_of, of_phrases

MADE = refresh.made()


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.relative_to(refresh.ROOT).as_posix())
def test_it_is_what_would_be_made_now(path: Path) -> None:
    kept = path.read_text("utf-8") if path.is_file() else ""
    assert kept == MADE[path](), f"{path.relative_to(refresh.ROOT)} is of older sources: run `make refresh`"


def test_the_phrases_that_were_kept_are_those_that_are_read() -> None:
    fields = catalog.load(catalog.default_id()).fields
    kept, read = phrases_stored.stored(fields), phrases.read_phrases(fields)
    assert kept is not None
    one, other = of_phrases(fields, kept), of_phrases(fields, read)
    for name in ("starts", "totals", "worth", "strict"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for table in ("concepts", "unknown"):
        ours, theirs = getattr(one, table), getattr(other, table)
        assert all(np.array_equal(a, b) for name in theirs for a, b in zip(ours[name], theirs[name], strict=True))
        assert table == "concepts" or [*ours] == [*theirs]  # of words alike in spelling the first one counts
    assert (one.exact, one.roles, one.named) == (other.exact, other.roles, other.named)
    assert vocabulary.vocabulary() == vocabulary.made()


def test_rows_of_another_list_are_read() -> None:
    """A list of one's own, and the shipped one with a row renamed, are never mapped by what was kept of another."""
    first, *others = catalog.load(catalog.default_id()).fields
    own = (replace(first, aliases=(*first.aliases, "a_name_of_our_own")), *others)
    assert phrases_stored.stored(own) is None
    assert index_of(own).exact["anameofourown"] == (0,)
