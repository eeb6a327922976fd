"""Reading a column's name or comment as concepts, whatever language and spelling it is written in.

``custMobileNo``, ``客户手机号码``, ``khsjh`` and ``KEHU_SHOUJI`` all say *customer, phone, number*. A word that is
not in the vocabulary stays a word and can still meet itself, or a near spelling, elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product

from .vocabulary import WEIGHTS, Word, vocabulary
from .vocabulary_stored import Together, stored_together

UNKNOWN_WEIGHT = 0.8
STOP_WORDS = frozenset(
    ("of", "the", "a", "an", "in", "at", "for", "to", "by", "with", "and", "or", "is", "on", "as", "from", "its")
)
_RUNS = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]+|[0-9]+")
_HUMPS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
# A tabulation variable is its domain and a standard ending: LBORRES is what the laboratory found.
_VARIABLE = re.compile(
    "([a-z]{2})(?:testcd|test|cat|scat|orresu?|stresc|stresn|stresu|dtc|stdtc|endtc|dy|stdy|endy|seq|decod|term|bodsys|bdsycd"
    "|soc|lltc?d?|hltc?d?|hlgtc?d?|ptcd|sev|ser|rel|acn|out|dose?u?|dosfrq|route|indc|clas|trt|nrind|ornr(?:lo|hi)|stnr(?:lo|hi)"
    "|loc|method|stat|reasnd|spec|enrf|strf|occur|toxgr|sdth|shosp|slife|sdisab|scong|smie|mie|refid|nam|tpt(?:num|ref)?|elt"
    "|blfl|pos|lat|dir|eval(?:id)?|drvfl|fast|dur|presp|ongo|dostot|dosfrm|dosrgm|adj|contrt|patt|loinc|stnrc|desc)"
)
_NEGLIGIBLE = 2
_LONGEST_CHINESE = 8
_CODE = re.compile("([A-Za-z]{1,4})([0-9]{1,2})[A-Za-z]{0,1}(?![A-Za-z])")
_PUNCTUATION = re.compile(r"[\W_]+")
_DIGIT = re.compile("[0-9]")
_CUSTOM = re.compile("(?:_vod)?__(?:c|pc|r|kav|x)$", re.IGNORECASE)


@lru_cache(maxsize=65536)
def read(text: str, apart: bool = False) -> tuple[Word, ...]:
    """Return the words of `text`; `apart` reads every word for itself, also where several mean one thing together.

    >>> [sorted(word.concepts) for word in read("custMobileNo")]
    [['customer'], ['phone']]
    >>> [word.weight for word in read("客户手机号码")] == [word.weight for word in read("cust_phone")]
    True
    """
    words: list[Word] = []
    pending: list[str] = []
    for run in _coded(text if text.isascii() else unicodedata.normalize("NFKC", text)):
        mixed = _mixed().get(run.lower())
        if mixed:
            words += [*_read_latin(tuple(pending), apart), vocabulary().word(run, mixed)]
            pending = []
        elif run[0].isascii():
            whole = not run.isalpha() or run.islower()
            pending += [run.lower()] if whole else [hump.lower() for hump in _HUMPS.findall(run)]
        else:
            words += _read_latin(tuple(pending), apart)
            words += _read_chinese(run)
            pending = []
    return (*words, *_read_latin(tuple(pending), apart)) if pending else tuple(words)


def _coded(text: str) -> list[str]:
    """Return the runs of `text`; letters and digits that are one word stay one: ``N1`` of ``N11``, ``HBA1C``."""
    text = _CUSTOM.sub("", text) if "__" in text else text
    at, pattern = 0, _runs()
    if not _DIGIT.search(text):  # no code has none
        return pattern.findall(text)
    runs: list[str] = []
    while found := pattern.search(text, at):
        run, at = found[0], found.end()
        code = _CODE.match(text, found.start()) if run.isascii() and run.isalpha() else None
        if code:
            known = next((part for part in (code[0], code[1] + code[2][0]) if part.lower() in vocabulary().english), "")
            if known:
                run, at = known, found.start() + len(known)
        runs.append(run)
    return runs


@lru_cache(maxsize=1)
def _mixed() -> dict[str, frozenset[str]]:
    """Return the spellings that mix Chinese and Latin letters: ``IP地址``, ``SIM卡``."""
    table = vocabulary().chinese
    return {
        text.lower(): concepts for text, concepts in table.items() if not text.isascii() and not _RUNS.fullmatch(text)
    }


@lru_cache(maxsize=1)
def _runs() -> re.Pattern[str]:
    longest_first = sorted(_mixed(), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, longest_first), _RUNS.pattern]), re.IGNORECASE)


def is_variable(name: str) -> bool:
    """Whether a name is a tabulation variable: a domain's two letters and a standard ending.

    >>> is_variable("AESEV"), is_variable("severity")
    (True, False)
    """
    coded = _VARIABLE.fullmatch(name.lower())
    return coded is not None and coded[1] in vocabulary().codes


def squash(text: str) -> str:
    """Return `text` without case, spaces and punctuation: how two spellings of one code are compared.

    >>> squash("D.2.1") == squash("d21")
    True
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    return _PUNCTUATION.sub("", (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower())


def first_part(name: str) -> str:
    """Return the word that a name begins with, as it is spelt.

    >>> first_part("licenceExpiry"), first_part("licence_no"), first_part("执照号")
    ('licence', 'licence', '执照号')
    """
    run = _RUNS.search(name)
    hump = _HUMPS.match(run[0]) if run and not run[0].islower() else run
    return hump[0].lower() if hump else run[0] if run else ""


def _read_latin(parts: tuple[str, ...], apart: bool) -> list[Word]:
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
    return words


@lru_cache(maxsize=65536)
def _joined(parts: tuple[str, ...]) -> Word | None:
    """Read words that mean one thing together: ``date of birth`` as written, ``vip grade`` as ``member level`` is."""
    speech, text = vocabulary(), " ".join(parts)
    literal = speech.english.get(text) or speech.english.get("".join(parts))
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
    if short:
        return (short,)
    pieces = _split(part, alone)
    if pieces:
        return tuple(pieces)
    weight = UNKNOWN_WEIGHT if len(part) > _NEGLIGIBLE else 0.3
    return (Word(part, frozenset(), weight),)


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
        for table, suffixes in ((speech.english, {}), (speech.pinyin, {"hao": "number", "ma": "code"})):
            pieces = _cover(part, table, suffixes, shortest=3 if table is speech.english else 4)
            if pieces:
                return [speech.word(text, concepts, 0.95) for text, concepts in pieces]
    if alone and 3 <= len(part) <= 7:
        pieces = _cover(part, speech.initials, {"h": "number", "m": "code"}, shortest=2)
        if pieces and len(pieces) <= 3:
            return [speech.word(text, concepts, 0.7) for text, concepts in pieces]
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
            if concepts is None and before and piece in ("id", "no", "nm", "dt", "cd"):
                concepts = vocabulary().english[piece]
            if concepts and (end not in best or len(before) + 1 < len(best[end])):
                best[end] = [*before, (piece, concepts)]
    return best.get(len(part), [])


@lru_cache(maxsize=65536)
def _read_chinese(run: str) -> tuple[Word, ...]:
    """Cut a run of Chinese into the words that cover most of it, the longest first; what is left stays as it is."""
    table, size = vocabulary().chinese, len(run)
    gains, starts, known = [0.0] * (size + 1), [0] * (size + 1), [False] * (size + 1)
    for end in range(1, size + 1):
        gains[end], starts[end] = gains[end - 1], end - 1
        for start in range(max(0, end - _LONGEST_CHINESE), end):
            if run[start:end] in table:
                gain = gains[start] + (end - start) - 0.4
                if gain > gains[end]:
                    gains[end], starts[end], known[end] = gain, start, True
    pieces, end = [], size
    while end:
        pieces.append((run[starts[end] : end], known[end]))
        end = starts[end]
    return tuple(_words_of(pieces[::-1]))


def _words_of(pieces: list[tuple[str, bool]]) -> list[Word]:
    speech, words, rest = vocabulary(), [], ""
    for piece, known in [*pieces, ("", True)]:
        if not known:
            rest += "" if piece in "的之及和与或在为是了等" else piece
            continue
        if rest:
            words.append(Word(rest, frozenset(), UNKNOWN_WEIGHT if len(rest) > 1 else 0.4))
            rest = ""
        if piece:
            words.append(speech.word(piece, speech.chinese[piece]))
    return words
