"""Would a small trained model find names and addresses in prose better than the rules? An experiment, repeatable.

Trains a spaCy pipeline (blank ``zh``, one character one token, no download) on prose made from templates, and measures
it and the rules of the pack on prose made by other means: templates of other trades, and sentences written one by one.
Run ``python -m benchmarks.prose_ner``; the figures are in `benchmarks/prose_ner.md`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from exportgate.recognizers.data_files import read_yaml

SENTENCES, ROUNDS, TEST = 6000, 8, 600
_SLOT = re.compile(r"\{([a-z])\}")
_MARK = re.compile(r"\[([na]) ([^\]]+)\]")
LABELS = {"n": "PERSON", "a": "ADDRESS"}
ENTITIES = {"n": "CN_PERSON_NAME", "a": "CN_ADDRESS"}


class Said(NamedTuple):
    """A sentence and what must be found in it: where it starts and ends, and whether it is a name or an address."""

    text: str
    spans: frozenset[tuple[int, int, str]]


class Score(NamedTuple):
    """Exact spans: precision, recall, and their mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def prose() -> dict[str, Any]:
    """Return templates, sentences and fillings."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "prose_ner.yaml").read_text("utf-8"))
    return found


def made(templates: list[str], slots: dict[str, list[str]], count: int, seed: int) -> list[Said]:
    """Fill templates at random."""
    rng = random.Random(seed)
    return [_filled(rng.choice(templates), slots, rng) for _ in range(count)]


def _filled(template: str, slots: dict[str, list[str]], rng: random.Random) -> Said:
    text, spans, last = "", set(), 0
    for slot in _SLOT.finditer(template):
        text += template[last : slot.start()]
        filling = _filling(slot[1], slots, rng)
        if slot[1] in LABELS:
            spans.add((len(text), len(text) + len(filling), slot[1]))
        text, last = text + filling, slot.end()
    return Said(text + template[last:], frozenset(spans))


def _filling(slot: str, slots: dict[str, list[str]], rng: random.Random) -> str:
    if slot == "n":
        return _name(rng)
    return _address(rng) if slot == "a" else rng.choice(slots[slot])


def _name(rng: random.Random) -> str:
    lists = read_yaml("person_names.yaml")
    surname = rng.choice(lists["compound"]) if rng.random() < 0.06 else rng.choice(str(lists["surnames"])[:150])
    return surname + "".join(rng.choices(str(lists["given"]), k=rng.choice([1, 2, 2])))


def _address(rng: random.Random) -> str:
    places = read_yaml("places.yaml")
    town = "".join(rng.choices("安宁平和福泉新长东西南北湖山海江华兴龙", k=2))
    street = "".join(rng.choices("中人民解放建设和平文化科技学府滨湖江", k=2))
    city = rng.choice(places["cities"]) + "市"
    whole = f"{city}{town}{rng.choice('区县')}{street}{rng.choice('路街道巷')}{rng.randint(1, 999)}号"
    tail = rng.choice(["", f"{rng.randint(1, 30)}栋{rng.randint(101, 2504)}室", f"{rng.randint(1, 9)}号楼", "大厦三层"])
    return rng.choice(["", rng.choice(places["provinces"]) + "省"]) + whole + tail


def by_hand(sentences: Iterable[str]) -> Iterator[Said]:
    """Read the sentences in which brackets mark what must be found."""
    for sentence in sentences:
        text, spans, last = "", set(), 0
        for mark in _MARK.finditer(sentence):
            text += sentence[last : mark.start()]
            spans.add((len(text), len(text) + len(mark[2]), mark[1]))
            text, last = text + mark[2], mark.end()
        yield Said(text + sentence[last:], frozenset(spans))


def trained(sentences: list[Said], rounds: int = ROUNDS) -> Any:
    """Train a pipeline of characters on sentences."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(7)
    model = spacy.blank("zh")
    ner = model.add_pipe("ner", config={"model": {"tok2vec": _SMALL}})
    for label in LABELS.values():
        ner.add_label(label)  # type: ignore[attr-defined]
    examples = [
        Example.from_dict(model.make_doc(one.text), {"entities": [(s, e, LABELS[k]) for s, e, k in sorted(one.spans)]})
        for one in sentences
    ]
    optimizer = model.initialize(lambda: examples)
    rng = random.Random(7)
    for _ in range(rounds):
        rng.shuffle(examples)
        for batch in minibatch(examples, 64):
            model.update(batch, sgd=optimizer, drop=0.25)
    return model


_SMALL = {
    "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 64, "depth": 4, "embed_size": 3000,
    "window_size": 1, "maxout_pieces": 3, "subword_features": False,
}  # fmt: skip


def by_model(model: Any, text: str) -> set[tuple[int, int, str]]:
    """Return what the model finds."""
    kinds = {label: kind for kind, label in LABELS.items()}
    return {(span.start_char, span.end_char, kinds[span.label_]) for span in model(text).ents}


def by_rules(recognizers: dict[str, list[Any]], text: str) -> set[tuple[int, int, str]]:
    """Return what the rules of the pack find."""
    return {
        (found.start, found.end, kind)
        for kind, known in recognizers.items()
        for one in known
        for found in one.analyze(text, [ENTITIES[kind]])
    }


def scored(pairs: Iterable[tuple[Said, set[tuple[int, int, str]]]], kind: str) -> Score:
    """Compare what was found with what must be, spans exact."""
    right = told = due = 0
    for said, found in pairs:
        wanted, seen = ({span for span in spans if span[2] == kind} for spans in (said.spans, found))
        right, told, due = right + len(wanted & seen), told + len(seen), due + len(wanted)
    return Score(right / told if told else 0.0, right / due if due else 0.0)


def size(model: Any) -> int:
    """Return how many bytes the model takes on disk."""
    return len(model.to_bytes())


def figures() -> tuple[list[tuple[str, str, Score, Score]], int]:
    """Return, by test and kind, the score of the rules and of the model; and the model's size."""
    from exportgate.recognizers import presidio

    data = prose()
    model = trained(made(data["train"], data["slots"], SENTENCES, 1))
    rules = {
        kind: [one for one in presidio.recognizers() if entity in one.supported_entities]
        for kind, entity in ENTITIES.items()
    }
    tests = {
        "other templates": made(data["other"], data["slots"], TEST, 2),
        "written by hand": list(by_hand(data["by_hand"])),
    }
    rows = []
    for name, sentences in tests.items():
        ruled = [(said, by_rules(rules, said.text)) for said in sentences]
        learned = [(said, by_model(model, said.text)) for said in sentences]
        rows += [(name, LABELS[kind], scored(ruled, kind), scored(learned, kind)) for kind in LABELS]
    return rows, size(model)


def page() -> str:
    """Write the figures as a table."""
    rows, weight = figures()
    lines = [
        "| prose | what | rules: precision, recall, F1 | model: precision, recall, F1 |",
        "|---|---|---|---|",
        *(f"| {name} | {what} | {_told(rules)} | {_told(model)} |" for name, what, rules, model in rows),
    ]
    return "\n".join([*lines, "", f"The model takes {weight / 1e6:.1f} MB."])


def _told(score: Score) -> str:
    return f"{score.precision:.2f}, {score.recall:.2f}, **{score.f1:.2f}**"


if __name__ == "__main__":
    print(page())
