"""Fit how much each piece of evidence says for a row of the list, on labelled tables, and how well that generalises.

``python -m exportgate.benchmarks.fit_mapping [FOLDER…] [--before FOLDER] [--written] [--own] [--keep SHARE SHARE]
[--folds COUNT] [--write]``

Learnt from are the tables of each FOLDER, the columns of `mapping_columns.yaml`, and with ``--written`` the tables made
up for it and labelled column by column (`written_tables/`). A folder holds tables as JSON: ``table``,
``table_comment``, ``source_repo``, ``gold_sector``, ``gold_scenario``, ``columns`` (``column``, ``type``, ``comment``,
``gold_fields``: every acceptable row, ``-`` for none) and perhaps ``rows``. They are other people's tables and do not
stand in the repository; each is judged with its rows and by names alone. Tables made up of which only the scenario is
known (`mapping_tables.yaml`) are learnt from with ``--own`` and never counted. The shipped weights know all
that was made up: learn from that again only from weights that do not, as those before commit 5160d31. What is printed
for a group (``repository``: the columns of `mapping_columns.yaml`; ``written``: those made up) is of tables left out.

A fit starts from the weights that are shipped, or stand in the folder ``--before``, and moves away from them only as
far as the tables say: those that former weights were learnt from need not be at hand, and must not be among those
given, or they count twice.

Two conditional logits (`fit_mapping_words.py`). The first says to which scenario a table belongs, or to none on the
list; the second, which row covers a column, or none, given that. The second is fitted twice on what the first says of
tables it has not seen: where a person said the sector, on the tables of that sector alone, for what tables of no sector
teach is there no evidence; and on all tables where nobody did. Every figure printed is of tables whose repository was
left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from exportgate.benchmarks import fit_mapping_words as words
from exportgate.benchmarks.fit_mapping_before import DENSE, before, between
from exportgate.benchmarks.fit_mapping_judged import Answer, Judged, figures, fit_score, judge
from exportgate.benchmarks.labelled_tables import BY_US, NOTHING, OURS, Case, by_hand, cases, made_up
from exportgate.scanner.mapping import left
from exportgate.scanner.mapping.features import OF_ROW
from exportgate.scanner.mapping.features_nothing import OF_NOTHING, names_of_nothing
from exportgate.scanner.mapping.fitted import parts_of_weights
from exportgate.scanner.mapping.index import FieldIndex
from exportgate.scanner.mapping.inference import SPEAKS, Belief, names_elsewhere, settle
from exportgate.scanner.mapping.learnt import ALWAYS, OF_COLUMNS, OF_TABLES, in_scenario, louder

WEIGHTS = Path(__file__).parent.parent / "scanner" / "mapping"
HEAD = """# How much each piece of evidence says, in natural-log units, fitted on labelled tables by
# benchmarks/fit_mapping.py. scenarios, elsewhere: where a table belongs; rows, nothing: what covers a column;
# score: how probable it is that the best row is right; rows_given and so on: the same where the sector is given.
"""
HEAD_OF_TABLES = """# What each word of a table (T:), of its columns (C:) and each kind among them (K:) says
# for each of `places`, in hundredths of natural-log units; a word with ? is in no vocabulary. Fitted by
# benchmarks/fit_mapping.py.
"""
HEAD_OF_COLUMNS = """# What each word of a column, and its kind (K:), says for each of `places`, in hundredths
# of natural-log units; a word with ? is in no vocabulary. Fitted by benchmarks/fit_mapping.py.
"""
FOLDS = 4
AT_LEAST = dict.fromkeys(
    (
        "given", "words_given", "of_kind_given", "called", "alias", "named", "kind", "topic", "shut", "dictionary",
        "dictionary_plain", "company", "company_plain", "partners", "plumbing", "foreign", "done_by", "flag",
    ),
    0.0,
)  # fmt: skip
"""Evidence that cannot speak against what it is for, whatever a few hundred tables happen to hold."""
AT_LEAST |= {"kept": 1.2, "company": 2.0, "alias_of_standard": 2.0}
"""That a table of the language's words, or of companies, shuts rows about persons is no matter of frequency, nor is
which row of a standard a variable of that standard is."""
OF_TABLES_AT_LEAST = {"coded": 8.0}
"""That all columns go by the variables of one standard is no matter of what its words mean in other tables."""
GIVEN = ("", "sector", "sector and scenario")
"""What a person said of a table."""
REPOSITORYS, MADE_UPS, ELSEWHERES, OF_SECTOR = 3.0, 0.2, 2.0, 0.35
"""How much more a column counts that is the repository's, for they say what is meant and are few; how much less one
that was made up, for real ones are named otherwise; how much more one of a table of no sector, of which nobody can say
more; and how much less where only the sector is said."""
Vector = Any


def answers(of: Case, speaks: Vector, given: str) -> list[Answer]:
    """Return the candidates of every column of a table, where its place is inferred from `speaks` or `given`."""
    index = of.table.index
    sector, scenario = of.sector if given else None, of.scenario if given == GIVEN[-1] else None
    worth = {OURS: REPOSITORYS, BY_US: MADE_UPS}.get(of.group, 1.0) * (OF_SECTOR if given == GIVEN[1] else 1.0)
    worth *= 1.0 if of.sector else ELSEWHERES
    belief: Belief = settle(index, speaks[:-1], float(speaks[-1]), sector, scenario)
    found = []
    for column, each in enumerate(of.table.candidates(belief)):
        right = [float(index.fields[at].id in of.labels[column]) for at in each.at]
        right.append(float(NOTHING in of.labels[column]))
        said = in_scenario(of.table.spoken[column], sector, scenario)
        found.append(Answer(of, column, said, each.rows, each.nothing, each.at, np.array(right), worth))
    return found


def _said_of(of: Case) -> tuple[str, ...]:
    """Return what may have been said of a table."""
    return GIVEN if of.sector and of.scenario else GIVEN[: 1 + bool(of.sector)]


def fit_tables(those: Sequence[Case], own: Sequence[Case], start: Path) -> words.Weights:
    """Return the weights of the evidence for scenarios and for *elsewhere*; the weights before stand in `start`."""
    every, pairs = [*those, *own], those[0].table.index.scenarios
    new = words.known_words((each.repository, {**each.table.words, ALWAYS: 1.0}) for each in every)
    known = tables_before(those[0].table.index, new, start)
    said = words.matrix([louder(each.table.words, known.known) for each in every], known.known)
    lines, right = np.stack([each.lines for each in every]), np.stack([each.right for each in every])
    least = [OF_TABLES_AT_LEAST.get(name) for name in (*SPEAKS, *names_elsewhere([sector for sector, _ in pairs]))]
    return words.fit_tables(lines, said, right, _with_sectors(pairs), known, least)


def tables_before(index: FieldIndex, new: dict[str, int], start: Path) -> words.Weights:
    """Return the weights before of the evidence for scenarios and *elsewhere*, and of every word, those `new` too."""
    parts = {"scenarios": SPEAKS, "elsewhere": names_elsewhere([sector for sector, _ in index.scenarios])}
    return before(start, OF_TABLES, parts, [*map(".".join, index.scenarios), "none"], new)


def _with_sectors(pairs: Sequence[tuple[str, str]]) -> Vector:
    """Return a line for every sector, marking its scenarios, and one for each scenario and *elsewhere* alone."""
    sectors = list(dict.fromkeys(sector for sector, _ in pairs))
    shared = np.array([[float(own == each) for own, _ in pairs] + [0.0] for each in sectors])
    return np.concatenate([shared, np.eye(len(pairs) + 1)])


def belief_of(of: Case, weights: words.Weights) -> Vector:
    """Return what speaks for every scenario, and last for *elsewhere*."""
    said = words.matrix([louder(of.table.words, weights.known)], weights.known)
    return of.lines @ weights.dense + (said @ weights.words)[0]


def columns_of(those: Sequence[Answer], known: dict[str, int]) -> words.Columns:
    """Return the candidates of `those` side by side."""
    most, dense = max(len(each.at) for each in those), len(OF_ROW)
    rows, there = np.zeros((len(those), most, dense), np.float32), np.zeros((len(those), most), bool)
    at, right = np.zeros((len(those), most), int), np.zeros((len(those), most + 1))
    for place, each in enumerate(those):
        size = len(each.at)
        rows[place, :size], there[place, :size], at[place, :size] = each.rows, True, each.at
        right[place, :size], right[place, most] = each.right[:-1], each.right[-1]
    rows[:, :, OF_ROW.index("learnt")] = 0.0
    nothing = np.stack([each.nothing for each in those])
    nothing[:, OF_NOTHING.index("learnt")] = 0.0
    said = words.matrix([each.said for each in those], known)
    worth = np.array([each.worth for each in those])
    return words.Columns(rows, nothing, there, at, right, said, worth)


def columns_before(those: Sequence[Answer], index: FieldIndex, start: Path, given: bool) -> words.Weights:
    """Return the weights before of the evidence for rows and for *nothing*, and of every word of `those`."""
    new = words.known_words((each.of.repository, each.said) for each in those)
    rows, nothing, _ = parts_of_weights(given)
    parts = {rows: OF_ROW, nothing: names_of_nothing(index)}
    return before(start, OF_COLUMNS[given], parts, [*index.ids, "none"], new)


def fit_columns(those: words.Columns, index: FieldIndex, known: words.Weights) -> words.Weights:
    """Return the weights of the evidence for rows and for *nothing*."""
    names = [*OF_ROW, *names_of_nothing(index)]
    return words.fit_columns(those, len(index.fields) + 1, known, [AT_LEAST.get(name) for name in names])


def folds(those: Sequence[Case], count: int = FOLDS) -> dict[str, int]:
    """Return which of `count` folds each repository is in."""
    names = sorted({each.repository for each in those})
    return {name: place % count for place, name in enumerate(np.random.default_rng(5).permutation(names).tolist())}


def fit(
    those: Sequence[Case], own: Sequence[Case], start: Path, count: int = FOLDS, say: Callable[[str], None] = print
) -> Fit:
    """Return all weights fitted on `those` and `own`, and say how they do on repositories that were left out.

    `count` is in how many parts the repositories are left out.
    """
    fold, index = folds(those, count), those[0].table.index
    of_tables = [
        fit_tables([each for each in those if fold[each.repository] != left], own, start) for left in range(count)
    ]
    beliefs = [belief_of(each, of_tables[fold[each.repository]]) for each in those]
    right = np.mean([each.right[np.argmax(belief)] for each, belief in zip(those, beliefs, strict=True)])
    say(f"{len(those)} tables, {len(fold)} repositories, {len(own)} written by hand; scenario right: {right:.3f}")
    found = {
        given: [
            answer
            for each, belief in zip(those, beliefs, strict=True)
            if given in _said_of(each)
            for answer in answers(each, belief, given)
        ]
        for given in GIVEN
    }
    groups = {False: {GIVEN[0]: found[GIVEN[0]]}, True: {each: found[each] for each in GIVEN[1:]}}
    with ProcessPoolExecutor(len(groups)) as workers:
        begun = {given: _begin(workers, _all(every), fold, start, given) for given, every in groups.items()}
        of_columns = {given: _of_columns(groups[given], *begun[given].result(), left(given), say) for given in groups}
    return Fit(index, fit_tables(those, own, start), of_columns)


def _begin(
    workers: Executor, those: list[Answer], fold: dict[str, int], start: Path, given: bool
) -> Future[tuple[words.Weights, Vector]]:
    """Begin to fit the weights on the candidates of `those`; `given` where the sector is."""
    index = those[0].of.table.index
    known = columns_before(those, index, start, given)
    left_out = np.array([fold[each.of.repository] for each in those])
    return workers.submit(_fitted, columns_of(those, known.known), left_out, index, known)


def _all(found: dict[str, list[Answer]]) -> list[Answer]:
    return [each for every in found.values() for each in every]


def _fitted(
    columns: words.Columns, left_out: Vector, index: FieldIndex, known: words.Weights
) -> tuple[words.Weights, Vector]:
    """Return the weights of all columns, and what those of the other folds say of each."""
    speaks = np.zeros(columns.right.shape)
    for each in set(left_out.tolist()):
        weights = fit_columns(columns.of(left_out != each), index, known)
        speaks[left_out == each] = columns.of(left_out == each).speak(weights.dense, weights.words)
    return fit_columns(columns, index, known), speaks


def _of_columns(
    found: dict[str, list[Answer]], weights: words.Weights, speaks: Vector, least: float, say: Callable[[str], None]
) -> OfColumns:
    """Return `weights` with the scores that they give, and say how columns do that were left out."""
    judged = judge(_all(found), speaks)
    at = 0
    for said, every in found.items():
        _say_figures(said, judged[at : at + len(every)], least, say)
        at += len(every)
    return OfColumns(weights, fit_score(judged, least))


def _say_figures(said: str, judged: Sequence[Judged], least: float, say: Callable[[str], None]) -> None:
    say(f"{said or 'nothing'} given: {figures(judged, least)}")
    for group in sorted({one.of.of.group for one in judged}):
        say(f"    {group:10} {figures([one for one in judged if one.of.of.group == group], least)}")


@dataclass(frozen=True)
class OfColumns:
    """What is shipped for the columns of tables whose sector is given, or for those of all others."""

    weights: words.Weights
    score: Vector


@dataclass(frozen=True)
class Fit:
    """Everything that is shipped; of columns by whether the sector is given."""

    index: FieldIndex
    tables: words.Weights
    columns: dict[bool, OfColumns]


def kept(fitted: Fit, share: float, share_given: float) -> Fit:
    """Return what lies between fit and shipped weights: how much of these stays, and how much with a sector given."""
    floors = np.array([AT_LEAST.get(name, -np.inf) for name in (*OF_ROW, *names_of_nothing(fitted.index))])
    columns = {}
    for given, stays in ((False, share), (True, share_given)):
        mean = between(fitted.columns[given].weights, columns_before([], fitted.index, WEIGHTS, given), stays)
        weights = replace(mean, dense=np.maximum(mean.dense, floors))
        columns[given] = replace(fitted.columns[given], weights=weights)
    tables = between(fitted.tables, tables_before(fitted.index, {}, WEIGHTS), share)
    return replace(fitted, tables=tables, columns=columns)


def write(fitted: Fit) -> None:
    """Put the weights where the mapping reads them."""
    places = [*fitted.index.ids, "none"]
    of_columns = [(OF_COLUMNS[given], HEAD_OF_COLUMNS, of.weights.kept(places)) for given, of in fitted.columns.items()]
    for name, head, data in (
        (DENSE, HEAD, _named(fitted)),
        (OF_TABLES, HEAD_OF_TABLES, fitted.tables.kept([*map(".".join, fitted.index.scenarios), "none"])),
        *of_columns,
    ):
        text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=118, default_flow_style=None)
        (WEIGHTS / name).write_text(head + text, encoding="utf-8")


def _named(fitted: Fit) -> dict[str, dict[str, float]]:
    elsewhere, tables = names_elsewhere([sector for sector, _ in fitted.index.scenarios]), fitted.tables.dense
    parts = {
        "scenarios": dict(zip(SPEAKS, tables[: len(SPEAKS)], strict=True)),
        "elsewhere": dict(zip(elsewhere, tables[len(SPEAKS) :], strict=True)),
    }
    scores = {}
    for given, of in fitted.columns.items():
        rows, nothing, score = parts_of_weights(given)
        parts[rows] = dict(zip(OF_ROW, of.weights.dense[: len(OF_ROW)], strict=True))
        parts[nothing] = dict(zip(names_of_nothing(fitted.index), of.weights.dense[len(OF_ROW) :], strict=True))
        scores[score] = dict(zip(("always", "mapped", "ahead"), of.score, strict=True))
    for part in parts.values():
        part["learnt"] = 1.0
    return {
        part: {name: round(float(weight), 3) for name, weight in each.items()}
        for part, each in (parts | scores).items()
    }


def main() -> None:
    """Fit, print, and with ``--write`` put the weights where the mapping reads them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--before", type=Path, default=WEIGHTS, help="folder with the weights to start from")
    parser.add_argument("--written", action="store_true", help="learn from the tables made up with their rows, too")
    parser.add_argument("--own", action="store_true", help="learn from the tables made up with their scenario, too")
    told = "how much of the shipped weights stays, in [0, 1]: where no sector is given, and where one is"
    parser.add_argument("--keep", nargs=2, type=float, metavar="SHARE", help=told)
    parser.add_argument("--folds", type=int, default=FOLDS, help="in how many parts repositories are left out")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    those = [*cases(asked.folders), *(made_up() if asked.written else ())]
    fitted = fit(those, list(by_hand()) if asked.own else [], asked.before, asked.folds)
    if asked.write:
        write(kept(fitted, *asked.keep) if asked.keep else fitted)


if __name__ == "__main__":
    main()
