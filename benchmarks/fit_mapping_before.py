"""What was known before a fit: the weights of a former one, in the order that the next one needs them.

Evidence and words that are new weigh nothing before they are fitted. What is shipped may lie between two fits: each
errs on other tables, and their mean on fewer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from exportgate.benchmarks.fit_mapping_words import Vector, Weights
from exportgate.recognizers.data_files import parse
from exportgate.scanner.mapping.fitted import GIVEN
from exportgate.scanner.mapping.learnt import UNIT

DENSE = "fitted.yaml"


def before(
    folder: Path, words: str, parts: Mapping[str, Sequence[str]], places: Sequence[str], known: Mapping[str, int]
) -> Weights:
    """Return the weights that stand in `folder`: of the evidence of `parts`, and of `known` words for `places`.

    `words` is the file of the words' weights; those it has and `known` has not are kept. Former weights may have none
    apart for tables whose sector is given.
    """
    dense = yaml.safe_load((folder / DENSE).read_text(encoding="utf-8"))
    of_words = folder / words if (folder / words).exists() else folder / words.replace(GIVEN, "")
    weights, numbered = words_before(of_words, places, known)
    return Weights(_dense(dense, parts), weights, numbered)


def words_before(path: Path, places: Sequence[str], known: Mapping[str, int]) -> tuple[Vector, dict[str, int]]:
    """Return what the words that stand at `path`, and those `known` beside, say for each of `places`, numbered."""
    data = _read(path)
    numbered = {word: at for at, word in enumerate(sorted({*data["words"], *known}))}
    at_place = {place: at for at, place in enumerate(places)}
    old = [at_place.get(place) for place in data["places"]]
    weights = np.zeros((len(numbered), len(places)))
    for word, each in data["words"].items():
        for place, says in zip(each["at"], each["says"], strict=True):
            if (at := old[place]) is not None:
                weights[numbered[word], at] = says * UNIT
    return weights, numbered


def places_before(path: Path) -> tuple[str, ...]:
    """Return the places that the words at `path` speak for."""
    return tuple(_read(path)["places"])


def _read(path: Path) -> dict[str, Any]:
    """Return weights of words as they are shipped; of none, that no word says anything."""
    return parse(path.read_bytes()) if path.exists() else {"places": [], "words": {}}


def between(new: Weights, old: Weights, share: float) -> Weights:
    """Return weights between two fits, `share` of them the old ones'; a word that one does not know says nothing."""
    known = {word: at for at, word in enumerate(sorted({*new.known, *old.known}))}
    words = np.zeros((len(known), new.words.shape[1]))
    for each, loud in ((new, 1.0 - share), (old, share)):
        words[[known[word] for word in each.known]] += loud * each.words
    return Weights((1.0 - share) * new.dense + share * old.dense, words, known)


def _dense(data: Mapping[str, Mapping[str, float]], parts: Mapping[str, Sequence[str]]) -> Vector:
    """Return the weights of the evidence; what words say is weighed word by word."""
    return np.array(
        [
            0.0 if name == "learnt" else (data.get(part) or data[part.removesuffix(GIVEN)]).get(name, 0.0)
            for part, names in parts.items()
            for name in names
        ]
    )
