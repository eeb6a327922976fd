"""From columns to the rows of the list: ranked, with a score and a reason; nothing where the list covers nothing.

A mapping says under which field a column is to be filed. It never decides whether persons count: a column of personal
information counts whether or not a row covers it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...recognizers.column_names_frames import frames
from ...recognizers.column_names_standards import family
from ..results import NAMED, ColumnVerdict, FieldMatch, Placement
from . import learnt
from .features import OF_ROW, Candidates, candidates
from .features_nothing import names_of_nothing
from .fitted import fitted, parts_of_weights
from .index import FieldIndex, Scores, index_of
from .inference import SPEAKS, Belief, belonging, evidence, weigh
from .neighbours import around
from .scoring import ColumnScores, score_column
from .signs import signs_of, strangers, unsigned
from .standing import coded, of_companies, standing
from .table_traits import ColumnTraits, TableTraits
from .together import settle_together
from .trades import loudness
from .words import read

AT_MOST = 5
"""How many rows are shown for a column."""
LEFT, LEFT_GIVEN, LEFT_UNSPOKEN = 0.72, 0.9, 0.84
"""From this probability of *nothing* a column is left unmapped: a row that a filing misses costs a little more than one
too many. The others are for a table whose sector a person said; the last where nothing of the column itself is the
row's."""
SPOKEN = 0.15
"""From this likeness its words or its kind speak for a row."""
AT_A_GLANCE, SAID = 3, 0.15
"""How many rows are of several scenarios where nobody said the sector, and what a further row of one is worth then."""
AT_HOME = 0.7
"""What a row says more, in natural-log units, the surer it is that its scenario is the table's, where nobody said the
sector: a table is of one scenario, so that its birth dates are not of another than its names."""
UNLIKELY = 0.02
"""A row this much less likely than the best is not worth showing."""


@dataclass(frozen=True)
class Prepared:
    """A table ready to be mapped: what each column is like, what each row keeps of it, and what its words speak for."""

    index: FieldIndex
    columns: tuple[ColumnVerdict, ...]
    scores: tuple[ColumnScores, ...]
    kept: tuple[Scores, ...]
    scenarios: Scores
    elsewhere: Scores
    catch_alls: Scores
    topic: Scores
    name: str
    comment: str
    words: Mapping[str, float]
    spoken: tuple[Mapping[str, float], ...]
    trades: Mapping[str, float]

    def candidates(self, belief: Belief) -> tuple[Candidates, ...]:
        """Return the candidates for every column where the table belongs as `belief` says."""
        at_home = belonging(self.index, [each.together for each in self.scores], belief.scenario)
        lead = next(iter(frames(self.name, self.comment)), "")
        of_trade = float(belief.scenarios @ self.scenarios[:, SPEAKS.index("trade_of_columns")])
        size = len(self.columns)
        names = [column.name for column in self.columns]
        standard = bool(family(names))
        table = TableTraits(
            self.name, lead, size, belief, at_home, self.catch_alls, of_trade, self.topic, standard, self.trades
        )
        others = around(names, self.scores)
        said = [learnt.of_column(self.index, words, belief.sector, belief.scenario) for words in self.spoken]
        each = zip(self.columns, self.scores, self.kept, others, said, strict=True)
        return tuple(candidates(self.index, ColumnTraits(*traits), table) for traits in each)


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
    return map_table(verdicts, edition, sector, scenario, table_name, table_comment)[0]


def map_table(
    verdicts: Iterable[ColumnVerdict],
    edition: Any,
    sector: str | None = None,
    scenario: str | None = None,
    table_name: str = "",
    table_comment: str = "",
) -> tuple[tuple[ColumnVerdict, ...], Placement | None]:
    """Return what `map_columns` does, and where the table belongs; None where the edition has no fields."""
    return map_tables([(tuple(verdicts), table_name, table_comment)], edition, sector, scenario)[0]


def map_tables(
    tables: Sequence[tuple[tuple[ColumnVerdict, ...], str, str]],
    edition: Any,
    sector: str | None = None,
    scenario: str | None = None,
) -> list[tuple[tuple[ColumnVerdict, ...], Placement | None]]:
    """Return what `map_table` does for each of `tables`, columns, name and comment, which are kept together.

    Where nobody said the sector, each is also believed to belong where the others do.
    """
    if not edition.fields:
        return [(columns, None) for columns, _, _ in tables]
    prepared = [prepare(columns, edition, name, comment) for columns, name, comment in tables]
    said = _row_or_scenario(edition, sector, scenario)
    weighed = [weigh(each.index, each.scenarios, each.elsewhere) for each in prepared]
    speaks, elsewhere = [scores for scores, _ in weighed], [nowhere for _, nowhere in weighed]
    beliefs = settle_together(index_of(tuple(edition.fields)), speaks, elsewhere, sector, said)
    others = len(tables) - 1 if sector is None and said is None else 0
    return [
        (_mapped(table, belief, sector is not None), _placement(table.index, belief, others))
        for table, belief in zip(prepared, beliefs, strict=True)
    ]


def _mapped(table: Prepared, belief: Belief, given: bool) -> tuple[ColumnVerdict, ...]:
    each = zip(table.columns, table.scores, table.candidates(belief), strict=True)
    home = None if given else AT_HOME * (1.0 - belief.elsewhere) * belief.scenarios
    return tuple(
        replace(column, fields=_rank(table.index, column, scores, found, home)) for column, scores, found in each
    )


def _placement(index: FieldIndex, belief: Belief, others: int) -> Placement:
    given = "scenario" if belief.scenario else "sector" if belief.sector else "nothing"
    at = int(np.argmax(belief.scenarios))
    probability = float(belief.scenarios[at]) * (1.0 - belief.elsewhere)
    if belief.elsewhere > probability:
        return Placement(None, None, round(belief.elsewhere, 3), given, others)
    sector, scenario = index.scenarios[at]
    return Placement(sector, scenario, round(probability, 3), given, others)


def prepare(
    columns: tuple[ColumnVerdict, ...], edition: Any, table_name: str = "", table_comment: str = ""
) -> Prepared:
    """Hold every column of a table against every row, and gather what the table as a whole speaks for."""
    index = index_of(tuple(edition.fields))
    words = (*read(table_name), *read(table_comment))
    scores = tuple(score_column(index, column, words) for column in columns)
    catch_alls = {each.id: each.catch_all for each in edition.sectors}
    companies = of_companies(index, table_name, table_comment)
    against = unsigned(index, signs_of(index, edition.sectors), scores, words)
    topic = index.likeness([word for word in words if word.concepts])
    likeness = np.zeros(len(index.scenarios))
    np.maximum.at(likeness, index.scenario_of, topic)
    said = {
        "likeness": likeness,
        "theme": index.theme(words),
        "coded": coded(index, columns),
        "unsigned": np.where(companies > 0, 0.0, against),
        "strangers": strangers(index, words),
        "companies": companies,
    }
    called = learnt.called(table_name, table_comment)
    bag = learnt.words_of_table(called, columns)
    speaks, elsewhere = evidence(
        index, columns, [each.together for each in scores], said, bag, catch_alls, (table_name, table_comment)
    )
    spoken = learnt.words_of_columns(columns, called)
    kept = tuple(standing(index, columns, scores, table_name, table_comment))
    loud = loudness((table_name, table_comment), [(column.name, column.comment) for column in columns])
    caught = np.array([float(catch_alls.get(sector) == name) for sector, name in index.scenarios])
    return Prepared(
        index, columns, scores, kept, speaks, elsewhere, caught, topic, table_name, table_comment, bag, spoken, loud
    )


def _row_or_scenario(edition: Any, sector: str | None, scenario: str | None) -> str | None:
    """Return `scenario` where it names a scenario with fields; a threshold row's name says nothing about one."""
    known = {field.scenario for field in edition.fields if sector in (None, field.sector)}
    return scenario if scenario in known else None


def _rank(
    index: FieldIndex, column: ColumnVerdict, scores: ColumnScores, found: Candidates, home: Scores | None
) -> tuple[FieldMatch, ...]:
    """Return the rows shown for a column; `home` is what its scenario adds to a row, None where the sector is given."""
    weights, given = fitted(), home is None
    scenarios = index.scenario_of[list(found.at)]
    rows, nothing_said, score = parts_of_weights(given)
    speaks = found.rows @ weights.vector(rows, OF_ROW) + (0.0 if home is None else home[scenarios])
    nothing = float(found.nothing @ weights.vector(nothing_said, names_of_nothing(index)))
    if not len(speaks):
        return ()
    odds = np.exp(speaks - speaks.max())
    unmapped = 1.0 / (1.0 + float(odds.sum()) * np.exp(speaks.max() - nothing))
    likeliest = found.at[int(odds.argmax())]
    if unmapped > left(given, max(scores.words[likeliest], scores.kind[likeliest]) > SPOKEN):
        return ()
    order = _order(odds, scenarios.tolist(), given)
    shown = _score(score, unmapped, odds) * np.minimum.accumulate(odds[order]) ** 0.5
    return tuple(
        _match(index, column, scores, found.at[each], float(score))
        for each, score in zip(order, shown, strict=True)
        if odds[each] >= UNLIKELY
    )


def left(given: bool, spoken: bool = True) -> float:
    """Return from which probability of *nothing* a column is left unmapped; `given` where the sector is."""
    if not given:
        return LEFT
    return LEFT_GIVEN if spoken else LEFT_UNSPOKEN


def _order(odds: Scores, scenarios: Sequence[int], given: bool) -> list[int]:
    """Return which candidates are shown, in their order: likeliest first.

    Where nobody said the sector, what is shown at a glance is of several scenarios: if the first row is wrong because
    the table belongs elsewhere, the next row of its scenario is wrong too.
    """
    likeliest: list[int] = np.argsort(-odds, kind="stable").tolist()
    first: list[int] = []
    while not given and len(first) < min(AT_A_GLANCE, len(likeliest)):
        said = Counter(scenarios[each] for each in first)
        left = [each for each in likeliest if each not in first]
        first.append(max(left, key=lambda each: odds[each] * SAID ** said[scenarios[each]]))
    return [*first, *(each for each in likeliest if each not in first)][:AT_MOST]


def _score(part: str, unmapped: float, odds: Scores) -> float:
    """Return how probably the best row is right: the less *nothing* and the rows behind it speak, the more."""
    ahead = float(odds.max() / odds.sum())
    says = np.array(
        [1.0, np.log((1.0 - unmapped + 1e-6) / (unmapped + 1e-6)), np.log((ahead + 1e-6) / (1.0 - ahead + 1e-6))]
    )
    return float(1.0 / (1.0 + np.exp(-says @ fitted().vector(part, ("always", "mapped", "ahead")))))


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
        said.append(NAMED)
    elif scores.words[at] >= 0.35:
        said.append("the words of name, comment and table")
    if scores.kind[at] > 0:
        said.append(f"its kind, {column.kind}")
    return " and ".join(said) or "the nearest row"
