"""Fit what labelled columns teach of whose a column is (`scanner/detection/learnt.py`), and say how far that carries.

``python -m exportgate.benchmarks.fit_detection [FOLDER…] [--before FOLDER] [--keep SHARE] [--write]``

A fit starts from the weights that are shipped, or stand in the folder ``--before``, and moves away from them only as
far as the tables say: those that former weights were learnt from need not be at hand. Learnt from are the tables made
up for it (`written_tables/`), those of the tests (`tests/detection/systems`), both to keep what they taught, and those
of each FOLDER, which holds tables as JSON:
``table``, ``table_comment``, ``columns`` (``column``, ``type``, ``comment``, ``gold_pi``, ``gold_pi_accept``,
``gold_entity``, ``gold_entity_alt``). They are other people's tables and do not
stand in the repository. What is printed for a group is what the weights say of it when they are fitted without it,
which tells of strangers only where the weights before had not learnt from it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from exportgate.benchmarks import fit_mapping_words as words
from exportgate.benchmarks.fit_columns import labelled
from exportgate.benchmarks.fit_mapping_before import places_before, words_before
from exportgate.benchmarks.fit_mapping_words import Vector
from exportgate.benchmarks.labelled_lines import read
from exportgate.benchmarks.written import NONE, Label, counted, shares, written
from exportgate.recognizers.kinds import KINDS, PI_CLASSES
from exportgate.scanner.detection import TableInput
from exportgate.scanner.detection.context import Context
from exportgate.scanner.detection.judge import known_of
from exportgate.scanner.detection.learnt import CLASSES, OF_CLASSES, OF_KINDS, Opinion, Ruled, corrected

WEIGHTS = Path(__file__).parent.parent / "scanner" / "detection"
HEAD = """# What each piece of what is known of a column (scanner/detection/context.py) says for each of `places`, in
# hundredths of natural-log units. Fitted by benchmarks/fit_detection.py.
"""
BY_US, OURS = "written", "tests"
WORTH = {BY_US: 1.0, OURS: 16.0}
REALS = 2.0
"""How often a column counts: of a table made up, for it says what somebody thinks that they are called; of the tests,
for they say what is meant; of a real one."""
SEEN_IN, SEEN_IN_OF_KINDS = 3, 4
"""A piece that fewer tables have is not learnt."""
COST = 1.5
"""How much it costs to move a weight away from what was known before, beside what all columns miss."""
LEAST, LEAST_OF_KINDS = 0.05, 0.1
"""A weight this near to nothing is not kept."""
SECOND = 0.5
"""How right a kind is that a label accepts beside its best."""
ROUNDS = 100
FOLDS = 4


@dataclass(frozen=True)
class Column:
    """A labelled column: where it is from, what the rules make of it, what is known of it, its label, its table."""

    group: str
    ruled: Ruled
    context: Context
    label: Label
    table: int


def class_of(label: Label) -> str:
    """Return the one of `CLASSES` that a label is of.

    >>> class_of(Label("personal", frozenset({"personal", "none"}), ("phone",)))
    'personal?'
    """
    unsure = len(label.classes) > 1 if label.pi == NONE else NONE in label.classes
    return f"{label.pi}?" if unsure else label.pi


def columns(folders: Sequence[Path]) -> Iterator[Column]:
    """Yield every labelled column."""
    tables = ((group, known_of(table), labels) for group, table, labels in _tables(folders))
    for number, (group, known, labels) in enumerate(tables):
        for ruled, context, label in zip(known.ruled(), known.contexts(), labels, strict=True):
            yield Column(group, ruled, context, label, number)


def _tables(folders: Sequence[Path]) -> Iterator[tuple[str, TableInput, Sequence[Label]]]:
    for each in written():
        yield f"{BY_US} {each.name.rpartition(' ')[0].rpartition('-')[0]}", each.table, each.labels
    for table, answers in labelled():
        yield OURS, table, [answered(kinds) for kinds in answers]
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            yield folder.name, *read(json.loads(path.read_text(encoding="utf-8")))


def answered(kinds: frozenset[str]) -> Label:
    """Return the label that says what all right `kinds` of a column do.

    >>> answered(frozenset({"none", "phone"})).pi
    'personal'
    """
    classes = {KINDS[kind].pi() for kind in kinds}
    return Label(max(classes, key=PI_CLASSES.index), frozenset(classes), tuple(sorted(kinds - {NONE})))


def fit(said: csr_matrix, right: Vector, worth: Vector, before: Vector) -> Vector:
    """Return the weights, near those `before`, under which what is `right` is likeliest; several places may be."""
    turned, shape = said.T.tocsr(), before.shape

    def loss(flat: Vector) -> tuple[float, Vector]:
        moved = flat.reshape(shape)
        missed, pull = words.missed_by(said @ (before + moved), right, worth)
        return float(missed + COST * (moved**2).sum()), (turned @ pull + 2 * COST * moved).ravel()

    start, options = np.zeros(before.size), {"maxiter": ROUNDS}
    return before + minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x.reshape(shape)


@dataclass(frozen=True)
class Fitted:
    """A logit as it is fitted: a line of weights for each piece, a number for each of `places`."""

    places: tuple[str, ...]
    known: Mapping[str, int]
    lines: Vector

    def shares(self, those: Sequence[Column]) -> Vector:
        """Return how probable each place is of each column."""
        speaks = words.matrix([column.context for column in those], self.known) @ self.lines
        odds = np.exp(speaks - speaks.max(1, keepdims=True))
        return odds / odds.sum(1, keepdims=True)

    def text(self, least: float) -> str:
        """Return the weights as they are shipped."""
        document = words.kept(self.places, self.known, self.lines, least)
        return HEAD + yaml.safe_dump(
            document, allow_unicode=True, default_flow_style=None, sort_keys=False, width=10_000
        )


def fit_classes(those: Sequence[Column], before: Path, stays: float = 0.0) -> Fitted:
    """Return the logit over classes, between the fit and the weights `before`, of which a share `stays`."""
    right = np.array([[float(class_of(column.label) == each) for each in CLASSES] for column in those])
    return _fitted(CLASSES, those, right, SEEN_IN, before / OF_CLASSES, stays)


def fit_kinds(those: Sequence[Column], before: Path, stays: float = 0.0) -> Fitted:
    """Return the logit over kinds, of columns that are somebody's; `stays` as in `fit_classes`."""
    those = [column for column in those if column.label.pi != NONE and column.label.kinds]
    kinds = tuple(sorted({*places_before(before / OF_KINDS), *(kind for each in those for kind in each.label.kinds)}))
    right = np.array([[_right(kind, column.label.kinds) for kind in kinds] for column in those])
    return _fitted(kinds, those, right, SEEN_IN_OF_KINDS, before / OF_KINDS, stays)


def _right(kind: str, kinds: Sequence[str]) -> float:
    """Return how right a kind is of those that a label has, the best first."""
    return SECOND if kind in kinds[1:] else float(kind in kinds)


def _fitted(
    places: tuple[str, ...], those: Sequence[Column], right: Vector, least: int, before: Path, stays: float
) -> Fitted:
    """Return the logit over `places`, of the pieces that at least so many tables have, or the weights `before` had."""
    new = words.known_words(((str(column.table), column.context) for column in those), least)
    lines, known = words_before(before, places, new)
    said = words.matrix([column.context for column in those], known)
    return Fitted(places, known, stays * lines + (1.0 - stays) * fit(said, right, _worth(those), lines))


def _worth(those: Sequence[Column]) -> Vector:
    return np.array([WORTH.get(column.group.partition(" ")[0], REALS) for column in those])


def folds(those: Sequence[Column]) -> dict[str, int]:
    """Return which fold each group is in."""
    return {group: place % FOLDS for place, group in enumerate(sorted({column.group for column in those}))}


def left_out(those: Sequence[Column], before: Path) -> Iterator[tuple[Column, str, str]]:
    """Yield each column with the kind and the class that it has under weights that were fitted without its group."""
    fold = folds(those)
    for each in range(FOLDS):
        rest = [column for column in those if fold[column.group] != each]
        asked = [column for column in those if fold[column.group] == each]
        classes, kinds = fit_classes(rest, before), fit_kinds(rest, before)
        for column, of_classes, of_kinds in zip(asked, classes.shares(asked), kinds.shares(asked), strict=True):
            opinion = Opinion(
                dict(zip(classes.places, of_classes, strict=True)), dict(zip(kinds.places, of_kinds, strict=True))
            )
            ruled = column.ruled
            claim = ruled.claim if ruled.fixed else corrected(ruled, opinion)[0]
            kind = ruled.verdict.kind if claim == ruled.claim else claim.kind
            yield column, kind, ruled.verdict.pi if kind == ruled.verdict.kind else KINDS[kind].pi()


def figures(those: Iterable[tuple[Column, str, str]]) -> str:
    """Return how well columns are found, and their kinds, and those that are sensitive."""
    found = Counter[str]()
    for column, kind, pi in those:
        somebodys = column.label.pi != NONE
        found.update(counted(column.label, pi))
        found.update({"somebody's": somebodys, "kind": somebodys and kind in column.label.kinds})
    return shares(found)


def main() -> None:
    """Fit, print, and with ``--write`` put the weights where detection reads them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--before", type=Path, default=WEIGHTS, help="folder with the weights to start from")
    parser.add_argument("--keep", type=float, default=0.0, metavar="SHARE", help="how much of them stays, in [0, 1]")
    parser.add_argument("--write", action="store_true", help="write the weights and print nothing")
    asked = parser.parse_args()
    those = [*columns(asked.folders)]
    if asked.write:
        (WEIGHTS / OF_CLASSES).write_text(fit_classes(those, asked.before, asked.keep).text(LEAST), encoding="utf-8")
        (WEIGHTS / OF_KINDS).write_text(
            fit_kinds(those, asked.before, asked.keep).text(LEAST_OF_KINDS), encoding="utf-8"
        )
        return
    found = [*left_out(those, asked.before)]
    by_rules = [(column, column.ruled.verdict.kind, column.ruled.verdict.pi) for column in those]
    for group in [*sorted(folds(those)), ""]:
        print(f"{group or 'all':22} rules: {figures(of for of in by_rules if of[0].group.startswith(group))}")
        print(f"{'':22} learnt: {figures(of for of in found if of[0].group.startswith(group))}")


if __name__ == "__main__":
    main()
