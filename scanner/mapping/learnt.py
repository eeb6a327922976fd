"""What single words say, learnt from labelled tables: where a table belongs, and which row covers a column.

A row of the list says what a column is called there; that a *seat* is an airline's and a *ward* a hospital's, or that
*removal* is a task's more often than a part's, nobody wrote down. Words are read as concepts, apart for a table and its
columns, beside the kinds of the columns. The weights stand in `fitted_tables.yaml`, in `fitted_columns_given.yaml` for
columns of a table whose sector a person said, and in `fitted_columns.yaml` for all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ...field_maps.yaml_files import shipped
from ..results import ColumnVerdict
from .index import FieldIndex, Scores
from .scoring import bare, head_of
from .vocabulary import WEIGHTS, Word
from .words import read

OF_TABLES = "fitted_tables.yaml"
OF_COLUMNS = {False: "fitted_columns.yaml", True: "fitted_columns_given.yaml"}
"""Where the weights stand; of columns, `True` for those of tables whose sector is given."""
OF_TABLE, OF_COLUMN, OF_KIND, OF_END, UNKNOWN = "T:", "C:", "K:", "E:", "?"
"""How the words of a table, of its columns, the columns' kinds, the word that a name or comment ends in, and words no
dictionary has are told apart."""
OF_OTHERS, BEFORE, BEHIND = "A:", "<", ">"
"""How words of the other columns, and the kinds of the two beside a column, are told apart."""
MANY = 5
"""From how many columns on a table tells what each of them is of."""
AROUND = 2.0
"""How loud all words of the other columns are together."""
ALWAYS, NONE = "always", "none"
"""What is said of every table, and the place of what no scenario and no row covers."""
LOUD = 3.0
"""How loud all that a table says is together, however many words it has."""
SHORTEST = 3
"""An unknown word of fewer letters says nothing."""
LOUD_END = 0.7
"""How loud the word is once more that a name ends in."""
BESIDE_A_THING = 0.3
"""How loud a table's words are for a column that names a thing itself."""
UNIT = 0.01
"""The unit that the weights are written in."""


@dataclass(frozen=True)
class WordWeights:
    """Some weights for each word: which of `places` they are for, scenarios or rows or `NONE`, and what they say."""

    places: tuple[str, ...]
    lines: Mapping[str, tuple[Scores, Scores]]

    def speak(self, said: Mapping[str, float], places: Sequence[str]) -> tuple[Scores, float]:
        """Return what `said` says for each of `places`, and for none of them, in natural-log units."""
        says = self.says(said)
        if tuple(places) == self.places[:-1]:
            return says[:-1], float(says[-1])
        of = dict(zip(self.places, says.tolist(), strict=True))
        return np.array([of.get(place, 0.0) for place in places]), of[NONE]

    def says(self, said: Mapping[str, float]) -> Scores:
        """Return what `said` says for each of the places that there are weights for, in natural-log units."""
        says = np.zeros(len(self.places))
        for word, loud in said.items():
            if (line := self.lines.get(word)) is not None:
                says[line[0]] += loud * line[1]
        return says


@cache
def word_weights(package: str, name: str) -> WordWeights:
    """Return the weights that a package of ours ships under `name`."""
    data = shipped(package, name)
    lines = {word: (np.array(each["at"]), np.array(each["says"]) * UNIT) for word, each in data["words"].items()}
    return WordWeights(tuple(data["places"]), lines)


def of_table(index: FieldIndex, said: Mapping[str, float]) -> tuple[Scores, float]:
    """Return what the words of a table say for each scenario, and for none of them."""
    weights = word_weights(__package__, OF_TABLES)
    return weights.speak(louder(said, weights.lines), [".".join(pair) for pair in index.scenarios])


def of_column(
    index: FieldIndex, said: Mapping[str, float], sector: str | None, scenario: str | None
) -> tuple[Scores, float]:
    """Return what the words of a column say for each row, and for none of them; `sector`, `scenario` where given.

    What tables of no sector teach, whose *passenger* and *salary* are on no row, is silent where the sector is given.
    """
    weights = word_weights(__package__, OF_COLUMNS[sector is not None])
    return weights.speak(in_scenario(said, sector, scenario), index.ids)


def louder(said: Mapping[str, float], known: Container[str]) -> dict[str, float]:
    """Return the `known` words of a table, together as loud as `LOUD`, and `ALWAYS`."""
    kept = {word: says for word, says in said.items() if word in known}
    size = sum(says * says for says in kept.values()) ** 0.5
    return {word: LOUD * says / size for word, says in kept.items()} | {ALWAYS: 1.0}


def called(table: str, comment: str) -> dict[str, float]:
    """Return what a table's name and comment say.

    >>> called("t_patient", "")
    {'T:patient': 1.0}
    """
    return {OF_TABLE + word: says for word, says in _spoken(bare(table), comment).items()}


def words_of_table(about: Mapping[str, float], columns: Sequence[ColumnVerdict]) -> dict[str, float]:
    """Return everything a table says, each in (0, 1]; `about` is what it is `called`."""
    bag = dict(about)
    for column in columns:
        said = {OF_COLUMN + word: says for word, says in own_words(column.name, column.comment).items()}
        if column.kind != NONE:
            said[OF_KIND + column.kind] = 1.0
        for word, says in said.items():
            bag[word] = min(1.0, bag.get(word, 0.0) + says)
    return bag


def words_of_columns(columns: Sequence[ColumnVerdict], about: Mapping[str, float]) -> tuple[dict[str, float], ...]:
    """Return for each column its words, what its table is `called`, and what the columns around it say.

    A *name* is a patient's among findings and a shop's among opening hours, whatever the table is called. What stands
    around is learnt from tables of `MANY` columns or more, and less would be guessed from fewer.
    """
    if len(columns) < MANY:
        return tuple(words_of_column(column, about) for column in columns)
    own = [own_words(column.name, column.comment) for column in columns]
    said = Counter(word for words in own for word in words)
    return tuple(
        words_of_column(column, about) | words_around(said, words) | _next_to(columns, at)
        for at, (column, words) in enumerate(zip(columns, own, strict=True))
    )


def words_around(said: Counter[str], own: Container[str]) -> dict[str, float]:
    """Return the words of the other columns of a table, together as loud as `AROUND`; `said` are those of all."""
    around = [word for word, count in said.items() if count > (word in own)]
    loud = AROUND / max(1, len(around)) ** 0.5
    return {OF_OTHERS + word: loud for word in around}


def _next_to(columns: Sequence[ColumnVerdict], at: int) -> dict[str, float]:
    sides = ((BEFORE, at - 1), (BEHIND, at + 1))
    return {side + columns[place].kind: 1.0 for side, place in sides if 0 <= place < len(columns)}


def in_scenario(words: Mapping[str, float], sector: str | None, scenario: str | None) -> dict[str, float]:
    """Return `words` and, where a person said the scenario, the end of the name and the kind once more as said there.

    >>> in_scenario({"E:phone": 0.7}, "retail", "membership")
    {'E:phone': 0.7, 'E:phone in retail.membership': 0.7}
    """
    if sector is None or scenario is None:
        return dict(words)
    ends = {word: says for word, says in words.items() if word.startswith((OF_END, OF_KIND))}
    return {**words, **{f"{word} in {sector}.{scenario}": says for word, says in ends.items()}}


def words_of_column(column: ColumnVerdict, about: Mapping[str, float]) -> dict[str, float]:
    """Return what a column says: its words, the quieter the more they are, its kind, and what its table is `called`.

    What a table is about tells what a *status* is of, and little of a column that names a thing itself. The word that a
    name ends in is said once more: a *drug name* is a name, a *name of the drug store* a store.
    """
    loud = BESIDE_A_THING if _names_a_thing(column) else 1.0
    own, ends = own_words(column.name, column.comment), ends_of(column.name, column.comment)
    return _quieter(own) | {OF_KIND + column.kind: 1.0} | _quieter(about, loud) | ends


def _quieter(said: Mapping[str, float], loud: float = 1.0) -> dict[str, float]:
    size = max(1.0, sum(said.values()) ** 0.5) / loud
    return {word: says / size for word, says in said.items()}


def ends_of(name: str, comment: str) -> dict[str, float]:
    """Return the words that a column's name and comment end in."""
    lasts = (_of(read(text)[-1:]) for text in (bare(name), head_of(comment)))
    return {OF_END + word: LOUD_END * says for last in lasts for word, says in last.items()}


def _names_a_thing(column: ColumnVerdict) -> bool:
    words = (*read(bare(column.name)), *read(head_of(column.comment)))
    return any(word.concepts and word.weight >= WEIGHTS["content"] for word in words)


def own_words(name: str, comment: str) -> dict[str, float]:
    """Return the words of a column's name and comment."""
    return _spoken(bare(name), head_of(comment))


def _spoken(*texts: str) -> dict[str, float]:
    """Return the concepts, and the unknown words, of `texts`."""
    return _of(word for text in texts for word in read(text))


def _of(words: Iterable[Word]) -> dict[str, float]:
    """Return the concepts, and the unknown words, of `words`; one of several meanings is a little of each."""
    said: dict[str, float] = {}
    for word in words:
        if word.concepts:
            for concept in word.concepts:
                said[concept] = max(said.get(concept, 0.0), 1.0 / len(word.concepts))
        elif len(word.text) >= SHORTEST:
            said[UNKNOWN + word.text] = 1.0
    return said
