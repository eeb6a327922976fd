"""Reading words in Latin letters as concepts: English as written, shortened or run together, pinyin, initials."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from .vocabulary import UNKNOWN_WEIGHT, WEIGHTS, Word, vocabulary
from .vocabulary_stored import Together, stored_together
from .words_near import near

STOP_WORDS = frozenset(
    ("of", "the", "a", "an", "in", "at", "for", "to", "by", "with", "and", "or", "is", "on", "as", "from", "its")
)
ENDINGS = ("id", "no", "nm", "dt", "cd")
# A tabulation variable is its domain and a standard ending: LBORRES is what the laboratory found.
_VARIABLE = re.compile(
    "([a-z]{2})(?:testcd|test|cat|scat|orresu?|stresc|stresn|stresu|dtc|stdtc|endtc|dy|stdy|endy|seq|decod|term|bodsys|bdsycd"
    "|soc|lltc?d?|hltc?d?|hlgtc?d?|ptcd|sev|ser|rel|acn|out|dose?u?|dosfrq|route|indc|clas|trt|nrind|ornr(?:lo|hi)|stnr(?:lo|hi)"
    "|loc|method|stat|reasnd|spec|enrf|strf|occur|toxgr|sdth|shosp|slife|sdisab|scong|smie|mie|refid|nam|tpt(?:num|ref)?|elt"
    "|blfl|pos|lat|dir|eval(?:id)?|drvfl|fast|dur|presp|ongo|dostot|dosfrm|dosrgm|adj|contrt|patt|loinc|stnrc|desc)"
)
_NEGLIGIBLE = 2
_LEAD, _LEAD_COSTS = 3, 1.5
"""How many letters may stand before known words and say nothing, as in ``paname``, and how unlikely that is."""
_SHORT, _SHORT_COSTS = 3, 0.6
"""Pieces of so many letters are as often the ends of other words."""
_AFTER_LEAD, _NO_GAP = 5, 0.8
_PREFIXES = frozenset(
    ("ab", "ad", "air", "be", "co", "de", "dis", "en", "ex", "mis", "non", "pre", "re", "sub", "un", "up")
)
"""What English words begin with: no table's letters."""
_NUMBERS = {"hao": "number", "ma": "code"}


def is_variable(name: str) -> bool:
    """Whether a name is a tabulation variable: a domain's two letters and a standard ending.

    >>> is_variable("AESEV"), is_variable("severity")
    (True, False)
    """
    coded = _VARIABLE.fullmatch(name.lower())
    return coded is not None and coded[1] in vocabulary().codes


def read_latin(parts: tuple[str, ...], apart: bool) -> list[Word]:
    """Return the words of `parts`; `apart` reads every part for itself, also where several mean one thing together.

    >>> [sorted(word.concepts) for word in read_latin(("cust", "shouji"), apart=False)]
    [['customer'], ['phone']]
    """
    if len(parts) == 1:
        return [*_read_part(parts[0], not _known(parts[0]))]
    words: list[Word] = []
    alone, at = not any(_known(part) for part in parts), 0
    while at < len(parts):
        for length in () if apart else (3, 2):
            joined = _joined(parts[at : at + length]) if len(parts) - at >= length else None
            if joined:
                words.append(joined)
                at += length
                break
        else:
            words += _read_part(parts[at], alone)
            at += 1
    return _without_lead(words)


def _without_lead(words: list[Word]) -> list[Word]:
    """Return `words` without a letter or two that say only what table or type a name is of: ``S_Phone``, ``iCount``.

    The initials of a person's part stay: ``kh_name`` is a customer's name.
    """
    if not words:
        return words
    first, speech = words[0], vocabulary()
    if first.concepts or len(first.text) > _NEGLIGIBLE or not any(word.concepts for word in words[1:]):
        return words
    whose = speech.initials.get(first.text, frozenset())
    if len(whose) == 1 and speech.word(first.text, whose).weight == WEIGHTS["role"]:
        return [speech.word(first.text, whose, 0.7), *words[1:]]
    return words[1:]


@lru_cache(maxsize=65536)
def _joined(parts: tuple[str, ...]) -> Word | None:
    """Read words that mean one thing together: ``date of birth`` as written, ``vip grade`` as ``member level`` is."""
    speech, text = vocabulary(), " ".join(parts)
    literal = speech.english.get(text)
    if not literal and (len(parts[0]) > _NEGLIGIBLE or parts[-1] not in ENDINGS):  # ``paID`` is not *paid*
        literal = speech.english.get("".join(parts))
    if literal:
        return speech.word(text, literal)
    together = _together()
    found = frozenset(concept for key in product(*map(_meanings, parts)) for concept in together.get(key, ()))
    return speech.word(text, found, 0.95) if found else None


@lru_cache(maxsize=65536)
def _meanings(part: str) -> tuple[str, ...]:
    """Return what a word of several stands for: its concepts, or itself."""
    word = _known(part) or _abbreviated(part)
    return tuple(sorted(word.concepts)) if word else (part,)


@lru_cache(maxsize=1)
def _together() -> Together:
    return stored_together() or made_together()


def made_together() -> Together:
    """Return the vocabulary's entries of several words by the concepts of those words, where one of them is telling."""
    speech = vocabulary()
    table: dict[tuple[str, ...], frozenset[str]] = {}
    for text, concepts in speech.english.items():
        parts = text.split()
        words = [_known(part) for part in parts]
        vague = all(word is None or word.weight <= WEIGHTS["generic"] for word in words)
        if len(parts) < 2 or vague or min(speech.weights[concept] for concept in concepts) < WEIGHTS["content"]:
            continue
        keys = (tuple(sorted(word.concepts)) if word else (part,) for word, part in zip(words, parts, strict=True))
        for key in product(*keys):
            table[key] = table.get(key, frozenset()) | concepts
    return table


@cache
def _abbreviations(letter: str) -> dict[str, frozenset[str]]:
    """Return the words of the vocabulary under `letter` without vowels, and their beginnings: ``mbl``, ``occup``."""
    speech = vocabulary()
    skeletons: dict[str, set[str]] = {}
    for text, concepts in speech.english.items():
        if len(text) < 5 or not text.startswith(letter) or not text.isalpha():
            continue
        skeleton = text[0] + "".join(char for char in text[1:] if char not in "aeiou")
        shapes = {skeleton} | {text[:size] for size in range(4, len(text) - 1)}
        for shape in shapes:
            if len(shape) >= 3 and shape not in speech.english and shape not in speech.pinyin:
                skeletons.setdefault(shape, set()).update(concepts)
    return {shape: frozenset(concepts) for shape, concepts in skeletons.items() if len(concepts) <= 3}


@lru_cache(maxsize=65536)
def _read_part(part: str, alone: bool) -> tuple[Word, ...]:
    if part in STOP_WORDS or part.isdigit():
        return ()
    known = _known(part)
    if known:
        return (known,)
    coded = _VARIABLE.fullmatch(part)
    if coded and coded[1] in vocabulary().codes:
        return (vocabulary().word(part, vocabulary().codes[coded[1]]),)
    short = _abbreviated(part)
    pieces = [short] if short else _split(part, alone)
    meant = None if pieces else near(part)
    unknown = Word(part, frozenset(), UNKNOWN_WEIGHT if len(part) > _NEGLIGIBLE else 0.3)
    return tuple(pieces) or (meant or unknown,)


@lru_cache(maxsize=65536)
def _known(part: str) -> Word | None:
    speech = vocabulary()
    for spelling in _singulars(part):
        if spelling in speech.english:
            return speech.word(spelling, speech.english[spelling])
    if part in speech.pinyin:
        return speech.word(part, speech.pinyin[part])
    return None


def _abbreviated(part: str) -> Word | None:
    concepts = _abbreviations(part[:1]).get(part)
    return vocabulary().word(part, concepts, 0.8) if concepts else None


def _singulars(part: str) -> tuple[str, ...]:
    if len(part) > 4 and part.endswith("ies"):
        return (part, part[:-3] + "y")
    if len(part) > 3 and part.endswith("s"):
        return (part, part[:-1], part[:-2] if part.endswith("es") else part)
    return (part,)


def _split(part: str, alone: bool) -> list[Word]:
    """Read a word written without its gaps: ``phonenumber``, ``shoujihao``, and last ``czxm`` by its initials."""
    speech = vocabulary()
    if len(part) >= 5:
        for table, suffixes in ((speech.english, {}), (speech.pinyin, _NUMBERS)):
            pieces = _cover(part, table, suffixes, shortest=3 if table is speech.english else 4)
            if pieces:
                return [speech.word(text, concepts, 0.95) for text, concepts in _likelier(part, pieces)]
        pieces = _cover(part, _both(), _NUMBERS, shortest=3) or _after_lead(part)
        if pieces:
            return [speech.word(text, concepts, _NO_GAP) for text, concepts in pieces]
    if alone and 3 <= len(part) <= 7:
        pieces = _cover(part, speech.initials, {"h": "number", "m": "code"}, shortest=2)
        if pieces and len(pieces) <= 3:
            return [speech.word(text, concepts, 0.7) for text, concepts in pieces]
    return []


Pieces = list[tuple[str, frozenset[str]]]


@lru_cache(maxsize=1)
def _both() -> dict[str, frozenset[str]]:
    """Return English words and the longer ones in pinyin, for names that run both together: ``medyongfa``."""
    speech = vocabulary()
    return {**{text: said for text, said in speech.pinyin.items() if len(text) > _SHORT}, **speech.english}


def _likelier(part: str, pieces: Pieces) -> Pieces:
    """Return `pieces`, or the fewer ones after a lead that says nothing: ``paname`` is no *pan* and *ame*."""
    after = _after_lead(part)
    cost = sum(1.0 + (_SHORT_COSTS if len(text) <= _SHORT else 0.0) for text, _ in pieces)
    return after if after and _LEAD_COSTS + len(after) < cost else pieces


def _after_lead(part: str) -> Pieces:
    """Return the words that follow a few letters which are none: those of a table, of a type (``pcondition``)."""
    speech = vocabulary()
    for lead in range(1, _LEAD + 1):
        start, rest = part[:lead], part[lead:]
        if len(rest) <= _SHORT or start in speech.english or start in STOP_WORDS or start in _PREFIXES:
            continue
        pieces = [(rest, speech.english[rest])] if rest in speech.english else []
        plain = all(speech.word(*piece).weight < WEIGHTS["role"] for piece in pieces)
        if pieces and (plain or (lead <= _NEGLIGIBLE and len(rest) >= _AFTER_LEAD)):
            return pieces
    return []


def _cover(
    part: str, table: dict[str, frozenset[str]], suffixes: dict[str, str], shortest: int
) -> list[tuple[str, frozenset[str]]]:
    """Return the fewest words of `table` that make up `part` exactly; none when there are no such words."""
    best: dict[int, list[tuple[str, frozenset[str]]]] = {0: []}
    for end in range(1, len(part) + 1):
        for start, before in [*best.items()]:  # only where words can end: few places
            piece = part[start:end]
            concepts = table.get(piece) if end - start >= shortest else None
            if concepts is None and before and piece in suffixes:
                concepts = frozenset({suffixes[piece]})
            if concepts is None and before and piece in ENDINGS:
                concepts = vocabulary().english[piece]
            if concepts and (end not in best or len(before) + 1 < len(best[end])):
                best[end] = [*before, (piece, concepts)]
    return best.get(len(part), [])
