"""Advice in words: what may be changed, what the recipient loses, and what is never advised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .messages import filled

SAYINGS = {
    "en": {
        "passes": "{export} may go as it is: nothing has to be changed.",
        "stopped": "{export} must not go as it is. Each of these was tried, and passes:",
        "nothing": "{export} must not go, and no honest change was found that makes it pass.",
        "obtain": "obtain {names} first; nothing is taken from the recipient",
        "drop": "leave out {count} of the personal columns: {names}",
        "all": "leave out every personal column ({names}): totals, or rows by which nobody can be told apart",
        "persons": "let {leave:,} {leave:person|persons} leave and keep {stay:,} for a later year",
        "loss": "{share} of the personal cells less",
        "never": (
            "Not advised, because it changes nothing or is not allowed: hashing or masking a column (a hashed person "
            "is still a person), another scenario or basis for the same data, splitting the export to stay under a "
            "line. Persons kept for a later year may not leave this year in another export."
        ),
    },
    "zh": {
        "passes": "{export} 可以按现状出境，无须更改。",
        "stopped": "{export} 按现状不得出境。以下每项更改均已试算并通过：",
        "nothing": "{export} 不得出境，且未找到可使其通过的诚实更改。",
        "obtain": "先取得 {names}；接收方不受影响",
        "drop": "不提供 {count} 个个人信息列：{names}",
        "all": "个人信息列均不出境（{names}）：仅提供汇总数，或无法识别个人的数据行",
        "persons": "本年仅提供 {leave:,} 人，其余 {stay:,} 人留待以后年度",
        "loss": "个人信息单元格减少 {share}",
        "never": (
            "以下做法无效或不被允许，不予建议：对列做哈希或掩码（哈希后的个人仍是个人）、为同一数据更换场景或依据、"
            "为低于门槛而拆分出境。留待以后年度的个人，本年不得以其他出境方式提供。"
        ),
    },
}


def lines(document: Mapping[str, Any], personal: int, lang: str = "en") -> Iterator[str]:
    """Return the lines of an ``exportgate.advice/1`` document; `personal` is how many personal columns leave."""
    say = SAYINGS[lang]
    if document["may_go"]:
        yield say["passes"].format(**document)
        return
    if not document["suggestions"]:
        yield say["nothing"].format(**document)
    else:
        yield say["stopped"].format(**document)
    for number, suggestion in enumerate(document["suggestions"], start=1):
        yield f"  {number}. {'; '.join(_parts(suggestion, personal, say, lang))}"
    yield say["never"]


def _parts(suggestion: Mapping[str, Any], personal: int, say: Mapping[str, str], lang: str) -> Iterator[str]:
    from .. import field_maps

    if suggestion["obtain"]:
        kinds = {kind.id: kind.name.in_(lang) for kind in field_maps.national_rule().approvals}
        yield say["obtain"].format(names=" + ".join(kinds[name] for name in suggestion["obtain"]))
    if suggestion["drop"]:
        key = "all" if len(suggestion["drop"]) == personal else "drop"
        yield say[key].format(count=len(suggestion["drop"]), names=", ".join(suggestion["drop"]))
    if suggestion["persons"]:
        yield filled(say["persons"], suggestion["persons"])
    if suggestion["loss"]:
        yield say["loss"].format(share=f"{suggestion['loss']:.1%}")
