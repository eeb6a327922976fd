"""How well columns land on the rows of the list: the mapper beside plain rapidfuzz and TF-IDF, in one run.

    python benchmarks/mapping.py        (from a checkout with the package installed)

`mapping_columns.yaml` holds columns in the manner of real systems (electronic data capture, safety databases, CRM,
MES, telematics, charging, hotel and loyalty systems, flight data, MRO), labelled by hand. The names were written from
those systems' habits, not from the catalogue's aliases; the share that equals an alias nevertheless is printed, and the
figures without those. The weights of evidence are fitted on them among others; `fit_mapping.py` says how they do left
out. Three dresses are measured: as written; restyled by a seeded generator (other case, other separators, a prefix);
and comments alone, the names replaced by numbers. Kinds come from detection on names and comments, without values.

The baselines see the same names and comments and the same rows, choose among the rows of the scenario given, and have
their threshold chosen on these very columns, which flatters them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from exportgate import field_maps
from exportgate.field_maps.model import Edition, Field
from exportgate.scanner import detection
from exportgate.scanner.mapping import map_columns

COLUMNS = Path(__file__).with_name("mapping_columns.yaml")
NOTHING = "-"


@dataclass(frozen=True)
class Column:
    name: str
    comment: str
    labels: frozenset[str]


@dataclass(frozen=True)
class Table:
    name: str
    comment: str
    sector: str
    scenario: str | None
    columns: tuple[Column, ...]


Ranking = list[tuple[str, float]]


def tables(path: Path = COLUMNS) -> list[Table]:
    """Return the labelled tables."""
    return [_table(each) for each in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _table(each: dict) -> Table:
    place = f"{each['sector']}.{each['scenario']}."
    columns = tuple(
        Column(name, comment, frozenset(word if word == NOTHING else place + word for word in labels.split(",")))
        for name, comment, labels in each["columns"]
    )
    scenario = None if each["scenario"] == NOTHING else each["scenario"]
    return Table(each["table"], each["comment"], each["sector"], scenario, columns)


def restyled(table: Table, chance: random.Random) -> Table:
    """Return the table with its column names in another dress."""
    style = chance.choice([_snake, _camel, _loud, lambda parts: "f_" + _snake(parts)])
    columns = tuple(Column(style(_parts(c.name)), c.comment, c.labels) for c in table.columns)
    return Table(table.name, table.comment, table.sector, table.scenario, columns)


def by_comment(table: Table) -> Table:
    """Return the columns that have a comment, with numbers for names."""
    columns = tuple(Column(f"c{at:03d}", c.comment, c.labels) for at, c in enumerate(table.columns) if c.comment)
    return Table(table.name, table.comment, table.sector, table.scenario, columns)


def _parts(name: str) -> list[str]:
    return [part.lower() for part in re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+", name)] or [name]


def _snake(parts: list[str]) -> str:
    return "_".join(parts)


def _camel(parts: list[str]) -> str:
    return parts[0] + "".join(part.capitalize() for part in parts[1:])


def _loud(parts: list[str]) -> str:
    return "_".join(parts).upper()


def ours(table: Table, edition: Edition, given: str) -> Iterator[Ranking]:
    """Yield the mapper's ranking for each column; `given`: what it is told, ``nothing``, ``sector`` or ``scenario``."""
    columns = [detection.ColumnInput(c.name, "string", c.comment) for c in table.columns]
    verdicts = detection.judge(detection.TableInput(table.name, table.comment, tuple(columns)))
    sector = None if given == "nothing" else table.sector
    scenario = table.scenario if given == "scenario" else None
    mapped = map_columns(verdicts, edition, sector, scenario, table.name, table.comment)
    for verdict in mapped:
        yield [(match.id, match.score) for match in verdict.fields]


class Rapidfuzz:
    """The best weighted ratio between name or comment and anything a row is called."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self.fields = fields

    def rank(self, column: Column, allowed: np.ndarray) -> Ranking:
        from rapidfuzz import fuzz, utils

        scores = []
        for at in np.flatnonzero(allowed):
            names = (self.fields[at].name_zh, self.fields[at].name_en, *self.fields[at].aliases)
            said = [text for text in (column.name, column.comment) if text]
            best = max(fuzz.WRatio(a, b, processor=utils.default_process) for a in said for b in names)
            scores.append((self.fields[at].id, best / 100))
        return sorted(scores, key=lambda each: -each[1])[:5]


class Tfidf:
    """Cosine of character 2- to 4-grams, weighed by rarity over the rows."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self.fields = fields
        texts = [" ".join((f.name_zh, f.name_en, *f.aliases, f.definition)) for f in fields]
        grams = [self._grams(text) for text in texts]
        spread: dict[str, int] = {}
        for bag in grams:
            for gram in bag:
                spread[gram] = spread.get(gram, 0) + 1
        self.rarity = {gram: np.log(len(fields) / n) + 1 for gram, n in spread.items()}
        self.rows = [self._vector(bag) for bag in grams]

    def rank(self, column: Column, allowed: np.ndarray) -> Ranking:
        mine = self._vector(self._grams(f"{column.name} {column.comment}"))
        scores = []
        for at in np.flatnonzero(allowed):
            theirs = self.rows[at]
            scores.append((self.fields[at].id, sum(weight * theirs.get(gram, 0.0) for gram, weight in mine.items())))
        return sorted(scores, key=lambda each: -each[1])[:5]

    def _vector(self, bag: dict[str, int]) -> dict[str, float]:
        weights = {gram: (1 + np.log(n)) * self.rarity[gram] for gram, n in bag.items() if gram in self.rarity}
        length = np.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    @staticmethod
    def _grams(text: str) -> dict[str, int]:
        bag: dict[str, int] = {}
        plain = re.sub(r"[\W_]+", " ", text.lower())
        for size in (2, 3, 4):
            for at in range(len(plain) - size + 1):
                gram = plain[at : at + size]
                bag[gram] = bag.get(gram, 0) + 1
        return bag


@dataclass(frozen=True)
class Figures:
    top1: float
    top3: float
    mrr: float
    unmapped_precision: float
    unmapped_recall: float
    columns: int

    def __str__(self) -> str:
        return (
            f"top-1 {self.top1:.3f}  top-3 {self.top3:.3f}  mean reciprocal rank {self.mrr:.3f}  unmapped precision"
            f" {self.unmapped_precision:.3f} recall {self.unmapped_recall:.3f}  ({self.columns} columns)"
        )


def figures(answers: list[tuple[Column, Ranking]], threshold: float = 0.0) -> Figures:
    """Return the figures over `answers`; a ranking whose best is under `threshold` means unmapped."""
    on = [(c, r if r and r[0][1] >= threshold else []) for c, r in answers if c.labels != {NOTHING}]
    off = [r for c, r in answers if c.labels == {NOTHING}]
    ranks = [_rank(c, [id_ for id_, _ in r]) for c, r in on]
    left_on = sum(not r and NOTHING not in c.labels for c, r in on)
    left_off = sum(not r or r[0][1] < threshold for r in off)
    return Figures(
        top1=sum(rank == 1 for rank in ranks) / len(on),
        top3=sum(0 < rank <= 3 for rank in ranks) / len(on),
        mrr=sum(1 / rank for rank in ranks if rank) / len(on),
        unmapped_precision=left_off / max(1, left_off + left_on),
        unmapped_recall=left_off / max(1, len(off)),
        columns=len(answers),
    )


def _rank(column: Column, ids: list[str]) -> int:
    if not ids and NOTHING in column.labels:
        return 1
    return next((at for at, id_ in enumerate(ids, start=1) if id_ in column.labels), 0)


def mapped(given: str, edition: Edition, dress: Callable[[Table], Table] = lambda table: table) -> Figures:
    """Return the mapper's figures for one dress of the columns and one amount of context."""
    return figures(_answers(given, edition, dress))


def _answers(given: str, edition: Edition, dress: Callable[[Table], Table]) -> list[tuple[Column, Ranking]]:
    answers = []
    for table in map(dress, tables()):
        answers += list(zip(table.columns, ours(table, edition, given), strict=True))
    return answers


def baseline(ranker: Rapidfuzz | Tfidf, edition: Edition) -> tuple[Figures, float]:
    """Return a baseline's figures at the threshold that suits it best, with the scenario given, and that threshold."""
    answers = []
    for table in tables():
        allowed = np.array(
            [f.sector == table.sector and (table.scenario in (None, f.scenario)) for f in edition.fields]
        )
        answers += [(column, ranker.rank(column, allowed)) for column in table.columns]
    best = max(np.arange(0.0, 1.0, 0.05), key=lambda at: _even(figures(answers, float(at))))
    return figures(answers, float(best)), float(best)


def _even(each: Figures) -> float:
    return each.top1 + each.unmapped_precision + each.unmapped_recall


def main() -> None:
    """Print the figures."""
    edition = field_maps.load("fujian-2025")
    everything = [column for table in tables() for column in table.columns]
    on = [column for column in everything if column.labels != {NOTHING}]
    print(f"{len(everything)} columns, {len(everything) - len(on)} of them off the list")
    for given in ("scenario", "sector", "nothing"):
        print(f"mapper, {given} given:".ljust(34), mapped(given, edition))
    chance = random.Random(26)
    print("mapper, names restyled:".ljust(34), mapped("scenario", edition, lambda table: restyled(table, chance)))
    print("mapper, comments alone:".ljust(34), mapped("scenario", edition, by_comment))
    _without_aliases(edition)
    for name, ranker in (("rapidfuzz", Rapidfuzz(edition.fields)), ("TF-IDF", Tfidf(edition.fields))):
        found, threshold = baseline(ranker, edition)
        print(f"{name}, scenario given, from {threshold:.2f}:".ljust(34), found)


def _without_aliases(edition: Edition) -> None:
    from exportgate.scanner.mapping.row_names import names_of
    from exportgate.scanner.mapping.words import squash

    known = {squash(name) for field in edition.fields for name in names_of(field)}
    answers = _answers("scenario", edition, lambda table: table)
    strange = [(c, r) for c, r in answers if squash(c.name) not in known and squash(c.comment) not in known]
    on = sum(c.labels != {NOTHING} for c, _ in answers)
    same = on - sum(c.labels != {NOTHING} for c, _ in strange)
    print(f"on-list names or comments that equal some alias: {same} of {on}")
    print("mapper, without those:".ljust(34), figures(strange))


if __name__ == "__main__":
    main()
