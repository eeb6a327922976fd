"""The sentences of a verdict and a check, in the reader's language.

Documents are written once, in English. A sentence is put into Chinese by its pattern (``messages/sentences.yaml``);
what stands in its gaps is a number, a date, an id, or a text of the law, which the editions have in both languages. A
sentence that has no pattern stays as it is: nothing is left out.

>>> told("filing.status was not stated: the filing is taken to be valid", "zh")
'未说明 filing.status：按备案有效处理'
>>> told("an approval (hgr) does not count: expired on 2026-11-22", "zh")
'批准文件（hgr）不计：已于 2026-11-22 届满'
"""

from __future__ import annotations

import re
from functools import lru_cache

from .. import field_maps
from ..field_maps.model import Edition, Text
from ..field_maps.yaml_files import shipped
from ..scanner.counting_exclusions import provisions

GAP = re.compile(r"\\\{([a-z]+)\\\}")
CITES = re.compile("第[0-9]|《|部分")
"""What a citation in Chinese has and no other words do."""


def told(sentence: str, lang: str) -> str:
    """Return a sentence of a document in `lang` (``en`` or ``zh``)."""
    if lang != "zh":
        return sentence
    law = _law()
    if sentence in law:
        return law[sentence]
    fits = [(found, zh) for pattern, zh in _patterns() if (found := pattern.fullmatch(sentence))]
    # a pattern of gaps alone, such as {rule} ({article}), speaks only where it says something of the law
    fits = [fit for fit in fits if _has_words(fit[1]) or any(gap in law for gap in fit[0].groups())]
    if not fits:
        return _cited(sentence)
    best = max(fits, key=lambda fit: sum(gap in law for gap in fit[0].groups()))
    return best[1].format(**{name: told(gap, lang) for name, gap in best[0].groupdict().items()})


def _has_words(pattern: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", re.sub(r"\{[a-z]+\}", "", pattern)))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    known = shipped(__package__, "messages/sentences.yaml")
    return tuple(
        (re.compile(GAP.sub(r"(?P<\1>.+)", re.escape(each["en"]).replace(r"\ persons", r"\ persons?"))), each["zh"])
        for each in known
    )


@lru_cache(maxsize=1)
def _law() -> dict[str, str]:
    """Every text of the known editions: English → Chinese."""
    editions = [edition for name in field_maps.known_ids() if (edition := field_maps.find(name))]
    known = {text.en: text.zh for edition in editions for text in _texts(edition)}
    for basis in provisions()["bases"].values():
        known[f"{basis['name']['en']} ({basis['article']})"] = f"{basis['name']['zh']}（{_cited(basis['article'])}）"
    for void in (provisions()["void"], *(basis["void"] for basis in provisions()["bases"].values() if "void" in basis)):
        known[void["why"]["en"]] = void["why"]["zh"]
    return known


def _texts(edition: Edition) -> list[Text]:
    found = [rule.text for rule in edition.rules.values()] + [row.name for _, row in edition.rows]
    found += [item.name for item in edition.items.values()]
    found += [item.warning for item in edition.items.values() if item.warning]
    found += [reading.question for reading in edition.readings]
    found += [duty.text for duty in edition.duties]
    if edition.filing:
        rules = (edition.filing.unusable, *edition.filing.rules, *edition.filing.grounds)
        found += [rule.text for rule in rules]
    buckets = (edition.third_bucket, *(sector.third_bucket for sector in edition.sectors))
    found += [bucket.review_note for bucket in buckets if bucket]
    return found


def _cited(text: str) -> str:
    """Return a citation as it reads in Chinese, in the words of every edition; anything else as it is."""
    said = text
    for name in sorted(field_maps.known_ids(), key=lambda name: name != field_maps.national_rule().id):
        edition = field_maps.find(name)
        said = edition.citation(said, "zh") if edition else said
    return said if CITES.search(said) else text
