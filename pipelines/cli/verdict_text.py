"""A verdict for a terminal: the paragraph, the reasons as a table, and everything that needs a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..messages import texts
from ..sentences import told
from . import tables

WORDS = {
    "en": {
        "reasons": ("rule", "article", "counter", "observed", "", "threshold", "effect"),
        "headroom": "Headroom: {persons:,} further persons ({counter}) until tier {next_tier}; {share:.2%} used.",
        "duties": "Duties that remain: ",
        "and": "; ",
        "stop": ". ",
        "warning": "Warning: ",
        "review": "Review: ",
        "chosen": "read as {chosen}; the other way: tier {tier}, {path}",
    },
    "zh": {
        "reasons": ("规则", "条款", "口径", "人数", "", "门槛", "后果"),
        "headroom": "余量：{counter} 再增加 {persons:,} 人即达第 {next_tier} 档；已用 {share:.2%}。",
        "duties": "仍须履行的义务：",
        "and": "；",
        "stop": "。",
        "warning": "警告：",
        "review": "待复核：",
        "chosen": "现按 {chosen} 理解；另一理解：第 {tier} 档，{path}",
    },
}


def render(verdict: dict[str, Any], lang: str) -> str:
    """Return a verdict as text in `lang`."""
    from ...scanner import explain

    words: dict[str, Any] = WORDS[lang]
    parts = [explain.paragraph(verdict, lang=lang), "", tables.table(words["reasons"], _rows(verdict, lang))]
    headroom = verdict["headroom"]
    if headroom:
        share = headroom["share_used"]
        parts.append(
            words["headroom"].format(share=share, **{k: headroom[k] for k in ("persons", "counter", "next_tier")})
        )
    parts.append(words["duties"] + words["and"].join(_duties(verdict, lang)))
    parts += [words["warning"] + told(warning, lang) for warning in verdict["warnings"]]
    for entry in verdict["review"]:
        other = words["chosen"].format(chosen=entry["chosen"], **entry["other"])
        parts.append(f"{words['review']}{entry['reading']}: {other}{words['stop']}{told(entry['note'], lang)}")
    return "\n".join(parts)


def _duties(verdict: dict[str, Any], lang: str) -> list[str]:
    """Name each duty: of the zone where its measures speak, else of the nation."""
    from ... import field_maps

    editions = [edition for edition in (field_maps.find(verdict["regime"]), field_maps.national_rule()) if edition]
    known = {duty.id: duty.text.in_(lang) for edition in reversed(editions) for duty in edition.duties}
    zone = {duty.id: duty.text.in_(lang) for duty in field_maps.load(field_maps.default_id()).duties}
    return [{**zone, **known}.get(duty, duty) for duty in verdict["duties"]]


def _rows(verdict: dict[str, Any], lang: str) -> list[tuple[str, ...]]:
    from ...scanner import explain

    keys = ("rule", "article", "counter", "observed", "comparison", "threshold", "effect")
    cited = [{**reason, "article": explain.citation(reason, lang)} for reason in verdict["reasons"]]
    if lang != "en":
        from ..report import view_verdict
        from ..report.law import law_of

        law = law_of(verdict["regime"], date.max, texts(lang))
        effects = [row["effect"] for row in view_verdict.reasons(verdict, law)]
        counters = explain.COUNTERS[lang]
        cited = [
            {**reason, "counter": counters.get(reason["counter"], ""), "effect": effect}
            for reason, effect in zip(cited, effects, strict=True)
        ]
    return [tuple(_cell(reason[key]) for key in keys) for reason in cited]


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
