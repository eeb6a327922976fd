"""What speaks for each row as the one that covers a column: the evidence, number by number.

A row is told by words and kind, by what its table is about, by what the columns beside it are, and by where the table
belongs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .features_nothing import of_nothing
from .index import FieldIndex, Scores
from .scoring import PROSE, head_of
from .table_traits import DEEPEST, ColumnTraits, Open, TableTraits, best
from .words import squash

OF_ROW = (
    "together", "together_squared", "together_log", "words", "called", "called_at_home", "kind", "of_kind",
    "words_of_kind", "alias", "alias_at_home", "named", "named_at_home", "kept", "belief", "belief_words",
    "belief_sector", "probability", "given", "short_of_best", "words_short_of_best", "at_home_plain",
    "persons_plain", "telling_plain", "thing_personal", "persons_personal", "other_kind", "other_kind_by_values",
    "important", "prose", "prose_of_thing", "catch_all", "topic", "topic_unsaid", "topic_at_home", "beside",
    "beside_unsaid", "beside_short_of_best", "words_given", "of_kind_given", "of_kind_at_home", "called_in_sector",
    "alias_in_sector", "of_companies", "next_to", "next_to_unsaid", "kin", "kin_unsaid", "partners", "staff",
    "catch_all_console", "called_alone", "alias_alone", "of_kind_alone", "alias_of_standard", "learnt",
)  # fmt: skip
"""What speaks for a row."""
CALLED, FAINT = 0.8, 0.02
"""From this likeness a row is called what the column is; what is added before a logarithm."""
KEPT = 6.0
"""How loud it is that rows are shut by what the table is about: rare, and nearly always right."""
ROWS = 20
"""How many rows of the list are candidates for one column."""


@dataclass(frozen=True)
class Candidates:
    """The rows that might cover a column, one line of `OF_ROW` for each, and the line of `OF_NOTHING`."""

    at: Sequence[int]
    rows: Scores
    nothing: Scores


def candidates(index: FieldIndex, column: ColumnTraits, table: TableTraits) -> Candidates:
    """Return the candidates for a column."""
    belief, scores = table.belief, column.scores
    believed = belief.scenarios[index.scenario_of]
    open_to = column.kept > 0
    if belief.sector is not None:
        open_to = open_to & np.array([sector == belief.sector for sector, _ in index.scenarios])[index.scenario_of]
    lines = _of_rows(index, column, table, open_to)
    promise = (scores.together + table.topic / 3 + column.around.beside / 3) * column.kept * believed**0.3
    order = np.argsort(-np.where(open_to, promise, -1.0), kind="stable")
    at = [int(each) for each in order[:ROWS] if open_to[each]]
    return Candidates(
        at,
        np.stack([lines[name][at] for name in OF_ROW], axis=1) if at else np.zeros((0, len(OF_ROW))),
        of_nothing(index, column, table, open_to),
    )


def _of_rows(index: FieldIndex, traits: ColumnTraits, table: TableTraits, open_to: Open) -> dict[str, Scores]:
    column, scores, kept, around = traits.verdict, traits.scores, traits.kept, traits.around
    others = around.beside
    together, words, kind = scores.together, scores.words, scores.kind
    likely = table.belief.scenarios
    deep = np.maximum(np.log(likely + 1e-9), DEEPEST)
    of_sector = index.sectors @ likely
    probability, log_probability = likely[index.scenario_of], deep[index.scenario_of]
    plain, personal = float(column.kind == "none"), float(column.is_personal)
    alias, named = np.zeros(len(kind)), np.zeros(len(kind))
    alias[list(scores.exact)] = 1.0
    for text in (column.name, column.comment, head_of(column.comment)):
        named[list(index.named.get(squash(text), ()))] = 1.0
    of_kind = (kind > 0).astype(float)
    called: Scores = np.clip((words - CALLED) / (1.0 - CALLED), 0.0, 1.0)
    strange = (1.0 - of_kind) * (1.0 - plain)
    unsaid = 1.0 - best(words, open_to)
    given = np.array([float(table.belief.scenario in pair[1:]) for pair in index.scenarios])[index.scenario_of]
    next_door = (1.0 - given) * float(table.belief.scenario is not None)
    return {
        "together": together,
        "together_squared": together**2,
        "together_log": np.log(together + FAINT),
        "words": words,
        "called": called,
        "called_at_home": called * probability,
        "kind": kind,
        "of_kind": of_kind,
        "words_of_kind": words * of_kind,
        "alias": alias,
        "alias_at_home": alias * probability,
        "named": named,
        "named_at_home": named * probability,
        "kept": KEPT * np.log(kept + 1e-3),
        "belief": log_probability,
        "belief_words": log_probability * words,
        "belief_sector": np.maximum(np.log(of_sector + 1e-9), DEEPEST)[index.scenario_of],
        "probability": probability,
        "given": given,
        "short_of_best": together - best(together, open_to),
        "words_short_of_best": words - best(words, open_to),
        "at_home_plain": table.at_home * plain,
        "persons_plain": index.persons * plain,
        "telling_plain": index.telling_kind * plain,
        "thing_personal": index.things * personal,
        "persons_personal": index.persons * personal,
        "other_kind": strange,
        "other_kind_by_values": strange * float("values" in column.decided_by),
        "important": index.important,
        "prose": of_kind * float(column.kind == PROSE),
        "prose_of_thing": index.things * float(column.kind == PROSE),
        "catch_all": table.catch_alls[index.scenario_of] * float(table.belief.scenario is None),
        "topic": table.topic,
        "topic_unsaid": table.topic * unsaid,
        "topic_at_home": table.topic * probability,
        "beside": others,
        "beside_unsaid": others * unsaid,
        "beside_short_of_best": others - best(others, open_to),
        "words_given": words * given,
        "of_kind_given": of_kind * given,
        "of_kind_at_home": of_kind * probability,
        "called_in_sector": called * of_sector[index.scenario_of],
        "alias_in_sector": alias * of_sector[index.scenario_of],
        "of_companies": float(table.lead == "company") * index.of_companies[index.scenario_of],
        "next_to": around.next_to,
        "next_to_unsaid": around.next_to * unsaid,
        "kin": around.kin,
        "kin_unsaid": around.kin * unsaid,
        "partners": table.trades.get("relations", 0.0) * index.of_companies[index.scenario_of],
        "staff": table.trades.get("people", 0.0) * index.staff,
        "catch_all_console": table.trades.get("console", 0.0) * table.catch_alls[index.scenario_of],
        "called_alone": _alone(called, given, next_door),
        "alias_alone": _alone(alias, given, next_door),
        "of_kind_alone": _alone(of_kind, given, next_door),
        "alias_of_standard": alias * float(table.of_standard),
        "learnt": traits.learnt[0],
    }


def _alone(says: Scores, given: Scores, next_door: Scores) -> Scores:
    """Return what speaks for rows next door as far as it speaks for no row of the scenario that was given."""
    alone: Scores = says * next_door * (1.0 - float((says * given).max(initial=0.0)))
    return alone
