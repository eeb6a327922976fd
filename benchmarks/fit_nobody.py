"""Fit what every word says for a column that is nobody's, on labelled tables, and say which claims fall by it.

``python -m exportgate.benchmarks.fit_nobody [FOLDER…] [--write]``

Learnt from are the tables made up for it (`written_tables/`) and those of each FOLDER: other people's, as JSON
(``table``, ``table_comment``, ``source_repo``, ``group``, ``columns`` with ``column``, ``type``, ``comment``,
``gold_pi``, ``gold_pi_accept``), which do not stand in the repository. The rules were written with the tables of the
folders in sight, so what they claim there is learnt apart: elsewhere it is wrong more often.

A logit (`scanner/detection/learnt.py` says what a column says). What is printed is of tables whose repository was left
out: of the claims that fall, for how many nobody is the only right answer, one of several, or wrong.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from exportgate.benchmarks.written import NONE, SENSITIVE, written
from exportgate.scanner.detection.claims import Claim
from exportgate.scanner.detection.frame import frame_of
from exportgate.scanner.detection.fusion import doubt_of
from exportgate.scanner.detection.judge import claims_of
from exportgate.scanner.detection.learnt import Said, said
from exportgate.scanner.detection.names import read_columns
from exportgate.scanner.detection.table import ColumnInput, TableInput

WEIGHTS = Path(__file__).parent.parent / "scanner" / "detection" / "fitted_words.yaml"
HEAD = """# What every word says for a column that is nobody's, in `unit` natural-log units: of its name (N:), its
# comment (C:), the last of either (E:), of its table (T:), what the table is about (S:, F:), what rules claim of it
# (K:), beside it (B:) and in the whole table (H:). Fitted by benchmarks/fit_nobody.py.
"""
UNIT = 0.01
SEEN_IN, LEAST, EASE, ROUNDS, FOLDS = 4, 0.05, 3.0, 150, 4
"""Words of fewer tables are not learnt; weights nearer to nothing are not kept; how much it costs to say anything."""
OPEN, GRAVE = 0.4, 0.1
"""How right *nobody's* is where it is the best of several answers, and where *sensitive* is one of them: to say more
than needed is no fault there."""
BY_US, READ = "written", "read "
Vector = Any


@dataclass(frozen=True)
class Case:
    """A labelled table: what each column says, what rules claim of it, the classes that are right, the best first."""

    repository: str
    group: str
    said: tuple[Said, ...]
    claims: tuple[Claim, ...]
    classes: tuple[tuple[str, ...], ...]


def case(table: TableInput, classes: Sequence[Sequence[str]], repository: str, group: str) -> Case:
    """Return a labelled table as detection reads it."""
    plain = table.simplified()
    names = read_columns(plain)
    frame = frame_of(plain, names)
    claims = [claim for claim, _ in claims_of(plain, names, frame)]
    heard = said(plain, names, claims, frame, "" if group == BY_US else READ)
    return Case(repository, group, tuple(heard), tuple(claims), tuple(map(tuple, classes)))


def cases(folders: Sequence[Path]) -> Iterator[Case]:
    """Yield the tables made up, and those of `folders`."""
    for each in written():
        classes = [(label.pi, *sorted(label.classes - {label.pi})) for label in each.labels]
        yield case(each.table, classes, each.name, BY_US)
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(table, dict) or "gold_pi" not in table["columns"][0]:
            continue
        columns = tuple(
            ColumnInput(each["column"], "string", each["comment"] or "", each["type"] or "")
            for each in table["columns"]
        )
        classes = [(each["gold_pi"], *each["gold_pi_accept"]) for each in table["columns"]]
        named = TableInput(table["table"], table["table_comment"] or "", columns)
        yield case(named, classes, table["source_repo"], table["group"])


def known_words(those: Sequence[Case]) -> dict[str, int]:
    """Return the words that enough tables have, numbered."""
    seen = Counter(word for each in those for word in set().union(*each.said))
    return {word: at for at, word in enumerate(sorted(word for word, tables in seen.items() if tables >= SEEN_IN))}


def matrix(those: Sequence[Case], known: Mapping[str, int]) -> csr_matrix:
    """Return a line for each column, a place in it for each known word."""
    every = [words for each in those for words in each.said]
    found = [(at, known[word], loud) for at, words in enumerate(every) for word, loud in words.items() if word in known]
    lines, places, values = zip(*found, strict=True)
    return csr_matrix((values, (lines, places)), shape=(len(every), len(known)))


def right(those: Sequence[Case]) -> Vector:
    """Return for each column how right it is to say that it is nobody's."""
    return np.array([_right(of) for each in those for of in each.classes])


def _right(classes: Sequence[str]) -> float:
    if classes[0] != NONE:
        return 0.0
    return 1.0 if set(classes) == {NONE} else GRAVE if SENSITIVE in classes else OPEN


def fit(lines: csr_matrix, truth: Vector) -> Vector:
    """Return what each word says."""

    def loss(says: Vector) -> tuple[float, Vector]:
        speaks = lines @ says
        missed = np.logaddexp(0.0, speaks) - truth * speaks
        slope = lines.T @ (1 / (1 + np.exp(-speaks)) - truth)
        return float(missed.sum() + EASE / 2 * (says @ says)), slope + EASE * says

    start = np.zeros(lines.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x


def left_out(those: Sequence[Case], lines: csr_matrix, truth: Vector) -> Vector:
    """Return for each column how probably it is nobody's, by weights that do not know its repository."""
    fold = np.array([zlib.crc32(each.repository.encode()) % FOLDS for each in those for _ in each.said])
    found = np.zeros(len(truth))
    for out in range(FOLDS):
        says = fit(lines[fold != out], truth[fold != out])
        found[fold == out] = 1 / (1 + np.exp(-(lines[fold == out] @ says)))
    return found


def fallen(those: Sequence[Case], probably: Vector) -> dict[str, Counter[str]]:
    """Return by group how many claims stand or fall, and how right that is."""
    found = defaultdict[str, Counter[str]](Counter)
    every = [(each.group, *pair) for each in those for pair in zip(each.claims, each.classes, strict=True)]
    for (group, claim, classes), share in zip(every, probably, strict=True):
        if (doubt := doubt_of(claim)) == 1.0:
            continue
        falls = share >= doubt
        how = "nobody's" if set(classes) == {NONE} else "open" if classes[0] == NONE else "somebody's"
        found[group][f"{'falls' if falls else 'stands'}, {how}"] += 1
    return found


def kept(says: Vector, known: Mapping[str, int]) -> dict[str, int]:
    """Return the weights as they are shipped."""
    return {word: round(float(says[at]) / UNIT) for word, at in known.items() if abs(says[at]) >= LEAST}


def main() -> None:
    """Fit, print what falls, and with ``--write`` write the weights."""
    parser = argparse.ArgumentParser(description="Fit what words say for a column that is nobody's.")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of labelled tables")
    parser.add_argument("--write", action="store_true", help="write scanner/detection/fitted_words.yaml")
    asked = parser.parse_args()
    those = list(cases(asked.folders))
    known = known_words(those)
    lines, truth = matrix(those, known), right(those)
    for group, counts in sorted(fallen(those, left_out(those, lines, truth)).items()):
        print(f"{group:10}", "  ".join(f"{how} {count}" for how, count in sorted(counts.items())))
    if asked.write:
        data = {"unit": UNIT, "words": kept(fit(lines, truth), known)}
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
        WEIGHTS.write_text(HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
