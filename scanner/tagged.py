"""What a source's own tags say against the verdict: tagged as personal by somebody, and nothing personal found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from . import sources
from .results import ColumnVerdict


def comment_of(item: pa.Field) -> str:
    """Return what a source says about a column: its comment, and its tags, which are read as words of it."""
    return _together(sources.column_comment(item), sources.column_tags(item))


def table_comment_of(schema: pa.Schema) -> str:
    """Return what a source says about the whole table, in the same way."""
    return _together(sources.table_comment(schema), sources.table_tags(schema))


def doubted(columns: Sequence[ColumnVerdict], schema: pa.Schema) -> tuple[ColumnVerdict, ...]:
    """Return the verdicts, undecided where a tag calls a column personal and the verdict is that it is not."""
    tags = {item.name: sources.call_personal(sources.column_tags(item)) for item in schema}
    return tuple(
        _doubted(column, tags[column.name]) if tags.get(column.name) and column.pi == "none" else column
        for column in columns
    )


def unfounded(columns: Sequence[ColumnVerdict], schema: pa.Schema) -> tuple[str, ...]:
    """Return what a reader should know when a whole table is tagged as personal and no column of it is."""
    tag = sources.call_personal(sources.table_tags(schema))
    if not tag or any(column.is_personal or column.undecided for column in columns):
        return ()
    return (f"tagged as personal by its source ({tag}), but no column was found to be",)


def _together(comment: str, tags: str) -> str:
    return " · ".join(part for part in (comment, tags) if part)


def _doubted(column: ColumnVerdict, tag: str) -> ColumnVerdict:
    said = f"tagged as personal by its source ({tag}), nothing personal found"
    evidence = replace(column.evidence, explanation=f"{said}; {column.evidence.explanation}")
    return replace(column, undecided=True, evidence=evidence)
