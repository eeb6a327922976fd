"""A verdict for a terminal: the paragraph, the reasons as a table, and everything that needs a person."""

from __future__ import annotations

from typing import Any

from . import tables

WORDS = {
    "en": {
        "reasons": ("rule", "article", "counter", "observed", "", "threshold", "effect"),
        "headroom": "Headroom: {persons:,} further persons ({counter}) until tier {next_tier}; {share:.2%} used.",
        "duties": "Duties that remain: ",
        "warning": "Warning: ",
        "review": "Review: ",
        "chosen": "read as {chosen}; the other way: tier {tier}, {path}",
    },
    "zh": {
        "reasons": ("规则", "条款", "口径", "人数", "", "门槛", "后果"),
        "headroom": "余量：{counter} 再增加 {persons:,} 人即达第 {next_tier} 档；已用 {share:.2%}。",
        "duties": "仍须履行的义务：",
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
    parts.append(words["duties"] + ", ".join(verdict["duties"]))
    parts += [words["warning"] + warning for warning in verdict["warnings"]]
    for entry in verdict["review"]:
        other = words["chosen"].format(chosen=entry["chosen"], **entry["other"])
        parts.append(f"{words['review']}{entry['reading']}: {other}. {entry['note']}")
    return "\n".join(parts)


def _rows(verdict: dict[str, Any], lang: str) -> list[tuple[str, ...]]:
    from ...scanner import explain

    keys = ("rule", "article", "counter", "observed", "comparison", "threshold", "effect")
    told = [{**reason, "article": explain.citation(reason, lang)} for reason in verdict["reasons"]]
    return [tuple(_cell(reason[key]) for key in keys) for reason in told]


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
