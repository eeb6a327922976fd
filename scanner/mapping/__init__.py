"""From columns to the rows of the list: ranked, with a score and a reason; nothing where the list covers nothing.

A mapping says under which field a column is to be filed. It never decides whether persons count: a column of personal
information counts whether or not a row covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..results import ColumnVerdict, FieldMatch
from .context import NEXT_ROW, NEXT_ROW_TO_GIVEN, belonging, neighbours, outspoken, weigh
from .index import FieldIndex, Scores, index_of
from .scoring import ColumnScores, score_column
from .signs import signs_of, strangers, unsigned
from .standing import coded, of_companies, standing
from .vocabulary import Word
from .words import read

AT_MOST = 5
MAPPED = 0.5
"""Below this score nothing on the list covers the column."""
MAPPED_BY_KIND = 0.43
"""The same where the column was judged to be personal: then something on the list most often does."""
VAGUE = frozenset(("account_login_id", "member_id", "pseudonymous_id", "free_text", "order_or_consumption_record"))
"""Kinds that a column there for the system may also be."""
THEME = 0.5
"""How much of what a table says is its theme; the rest is its likeness to single rows."""
CLOSE = 0.62
"""Candidates below this share of the best are not worth showing."""


def map_columns(
    verdicts: Iterable[ColumnVerdict],
    edition: Any,
    sector: str | None = None,
    scenario: str | None = None,
    table_name: str = "",
    table_comment: str = "",
) -> tuple[ColumnVerdict, ...]:
    """Return `verdicts` with the rows of `edition` that cover each column, best first and five at most.

    `sector` and `scenario` are the export's, where known; without them they are inferred from the table's name and
    comment and from all its columns together. A column that no row covers has no fields.
    """
    columns = tuple(verdicts)
    index = index_of(tuple(edition.fields))
    if not index.fields:
        return columns
    table = (*read(table_name), *read(table_comment))
    scores = [score_column(index, column, table) for column in columns]
    said = _row_or_scenario(edition, sector, scenario)
    says = _table_says(index, table) + coded(index, columns)
    alike = [each.together for each in scores]
    against = unsigned(index, signs_of(index, edition.sectors), scores, table)
    companies = of_companies(index, table_name, table_comment)
    against = np.where(companies > 0, 0.0, against)
    says += companies - strangers(index, table)
    catch_alls = {each.id: each.catch_all for each in edition.sectors}
    weights = weigh(index, alike, says, sector, said, catch_alls, against)
    at_home = belonging(index, alike, said)
    near = neighbours(index, weights)
    least = NEXT_ROW_TO_GIVEN if said else NEXT_ROW
    kept = standing(index, columns, scores, table_name, table_comment)
    return tuple(
        replace(column, fields=_rank(index, column, each, keep * outspoken(each, near, weights, fit, least)))
        for column, each, keep in zip(columns, scores, kept, strict=True)
        for fit in (weights * at_home if column.kind == "none" else weights,)
    )


def _row_or_scenario(edition: Any, sector: str | None, scenario: str | None) -> str | None:
    """Return `scenario` where it names a scenario with fields; a threshold row's name says nothing about one."""
    known = {field.scenario for field in edition.fields if sector in (None, field.sector)}
    return scenario if scenario in known else None


def _table_says(index: FieldIndex, table: Sequence[Word]) -> Scores:
    likeness = index.likeness([word for word in table if word.concepts])
    says = np.zeros(len(index.scenarios))
    np.maximum.at(says, index.scenario_of, likeness)
    heard: Scores = (1 - THEME) * says + THEME * index.theme(table)
    return heard


def _rank(index: FieldIndex, column: ColumnVerdict, scores: ColumnScores, weights: Scores) -> tuple[FieldMatch, ...]:
    final = scores.together * weights
    order = np.argsort(-final, kind="stable")[:AT_MOST]
    if not len(order) or final[order[0]] < (
        MAPPED_BY_KIND if column.is_personal and column.kind not in VAGUE else MAPPED
    ):
        return ()
    least = final[order[0]] * CLOSE
    return tuple(_match(index, column, scores, int(at), float(final[at])) for at in order if final[at] >= least)


def _match(index: FieldIndex, column: ColumnVerdict, scores: ColumnScores, at: int, score: float) -> FieldMatch:
    field = index.fields[at]
    return FieldMatch(
        id=field.id,
        sector=field.sector,
        scenario=field.scenario,
        name_zh=field.name_zh,
        name_en=field.name_en,
        score=round(min(score, 0.99), 3),
        provenance=field.provenance,
        row=field.row,
        reason=_reason(column, scores, at),
    )


def _reason(column: ColumnVerdict, scores: ColumnScores, at: int) -> str:
    """Return in one phrase what spoke for the row."""
    said = []
    if at in scores.exact:
        said.append("a name the row goes by")
    elif scores.words[at] >= 0.35:
        said.append("the words of name, comment and table")
    if scores.kind[at] > 0:
        said.append(f"its kind, {column.kind}")
    return " and ".join(said) or "the nearest row"
