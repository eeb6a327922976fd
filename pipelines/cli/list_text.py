"""An edition as text and as JSON, without a word of the law that is not in its files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from . import tables

if TYPE_CHECKING:
    from ...field_maps.model import Condition, Dated, Edition, Field, Item, Line, Reading, Sector, Text

HEADS = {
    "en": {
        "articles": ("article", "title", "what it says", "in exportgate"),
        "scenarios": ("scenario", "name", "row", "provenance"),
        "bands": ("row", "name", "counter", "from", "tier", "article"),
        "items": ("item", "name", "condition", "article"),
        "categories": ("no.", "id", "category", "sub-category"),
        "readings": ("reading", "question", "default", "other", "article"),
        "regimes": ("regime", "name", "facts", "article"),
        "duties": ("duty", "text", "article"),
        "notes": ("sector note", "text", "article"),
        "fields": ("field", "name", "kinds", "row", "provenance", "status"),
        "draft": "{verified} of {fields} fields are confirmed against the Chinese original (status: {status}).",
        "dates": "Issued {issued}, published {published}.",
        "trial": "On trial for {years} years.",
    },
    "zh": {
        "articles": ("条", "标题", "内容", "软件实现"),
        "scenarios": ("场景", "名称", "行", "来源"),
        "bands": ("行", "名称", "口径", "起点", "档", "条款"),
        "items": ("重要数据项", "名称", "条件", "条款"),
        "categories": ("序号", "标识", "一级类别", "二级类别"),
        "readings": ("待定理解", "问题", "默认", "另一理解", "条款"),
        "regimes": ("制度", "名称", "事实", "条款"),
        "duties": ("义务", "内容", "条款"),
        "notes": ("行业说明", "内容", "条款"),
        "fields": ("字段", "名称", "类型", "行", "来源", "状态"),
        "draft": "{fields} 个字段中 {verified} 个已与中文正式文本核对（状态：{status}）。",
        "dates": "{issued} 印发，{published} 发布。",
        "trial": "试行 {years} 年。",
    },
}


def show(edition: Edition, lang: str) -> str:
    """Return everything an edition holds as text."""
    words: dict[str, Any] = HEADS[lang]
    parts = [*_header(edition, lang, words)]
    for sector in edition.sectors:
        parts += _sector(edition, sector, lang, words)
    parts += _general(edition, lang, words)
    parts.append(edition.disclaimer.in_(lang))
    return "\n\n".join(part for part in parts if part)


def _header(edition: Edition, lang: str, words: dict[str, Any]) -> list[str]:
    count, verified, status = edition.status()
    lines = [
        f"{edition.id}: {edition.title.in_(lang)}",
        " · ".join(issuer.in_(lang) for issuer in edition.issuers),
        words["dates"].format(issued=edition.issued, published=edition.published),
        words["trial"].format(years=edition.trial_years) if edition.trial_years else "",
        " · ".join(f"{number} {name}" for name, number in edition.scale.items()),
        words["draft"].format(fields=count, verified=verified, status=status) if count else "",
    ]
    return ["\n".join(line for line in lines if line)]


def _sector(edition: Edition, sector: Sector, lang: str, words: dict[str, Any]) -> list[str]:
    parts = [f"== {sector.id}: {sector.name.in_(lang)} ({sector.article})\n{sector.covers.in_(lang)}"]
    scenarios = [(s.id, s.name.in_(lang), s.row, s.provenance) for s in sector.scenarios]
    bands = [
        (row.id, row.name.in_(lang), line.counter, _number(line.at), str(line.tier), line.article)
        for row in sector.rows
        for line in row.lines
    ]
    items = [(item.id, item.name.in_(lang), condition(item.condition), item.article) for item in sector.items]
    notes = [(note.id, note.text.in_(lang), note.article) for note in sector.notes]
    notes += [(one.id, one.name.in_(lang), one.article) for one in sector.exclusions]
    if sector.third_bucket:
        notes.append((sector.third_bucket.path, sector.third_bucket.name.in_(lang), sector.third_bucket.article))
    tabled: dict[str, Any] = {"scenarios": scenarios, "bands": bands, "items": items, "notes": notes}
    return parts + [tables.table(words[name], rows) for name, rows in tabled.items() if rows]


def _general(edition: Edition, lang: str, words: dict[str, Any]) -> list[str]:
    subs = [(category, sub) for category in edition.categories for sub in category.sub_categories]
    unified = [i for i in edition.unified if i.condition.minimum or i.held or not i.id.startswith("part-b.")]
    tabled: dict[str, list[tuple[str, ...]]] = {
        "items": [(i.id, i.name.in_(lang), condition(i.condition), i.article) for i in unified],
        "categories": [(str(s.number), f"part-b.{s.id}", c.name.in_(lang), s.name.in_(lang)) for c, s in subs],
        "regimes": [(r.id, r.name.in_(lang), ", ".join(r.flags), r.article) for r in edition.regimes],
        "duties": [(d.id, d.text.in_(lang), d.article) for d in edition.duties],
        "readings": [(r.id, r.question.in_(lang), r.default, r.other, r.article) for r in _readings(edition)],
        "articles": [
            (a.number, a.title.in_(lang), a.text.in_(lang), a.bears.in_(lang) if a.bears else "-")
            for a in edition.articles
        ],
    }
    return [tables.table(words[name], rows) for name, rows in tabled.items() if rows]


def _readings(edition: Edition) -> tuple[Reading, ...]:
    """Return the open questions a verdict under this edition turns on: its own and the national ones."""
    from ... import field_maps

    national = field_maps.national_rule()
    return edition.readings if edition.id == national.id else (*edition.readings, *national.readings)


def _number(dated: Dated) -> str:
    return "; ".join(f"{value:,} ({since})" if value else f"- ({since})" for since, value in dated.values)


def condition(when: Condition) -> str:
    """Return an item's condition in one line."""
    volume = f"{_number(when.minimum)} {when.unit}" if when.minimum else ""
    volume = " or ".join(part for part in (volume, *when.instead) if part)
    return " and ".join(part for part in (volume, *when.needs) if part) or "present"


def document(edition: Edition) -> dict[str, Any]:
    """Return an edition as ``exportgate.list/1``."""
    count, verified, status = edition.status()
    return {
        "schema": "exportgate.list/1",
        "id": edition.id,
        "title": _both(edition.title),
        "issued": str(edition.issued),
        "published": str(edition.published),
        "trial_years": edition.trial_years,
        "scale": dict(edition.scale),
        "fields": count,
        "fields_verified": verified,
        "status": status,
        "sectors": [_sector_document(sector) for sector in edition.sectors],
        "unified": [_item(item) for item in edition.unified],
        "categories": [
            {
                "id": category.id,
                "name": _both(category.name),
                "sub_categories": [
                    {
                        "number": sub.number,
                        "item": f"part-b.{sub.id}",
                        "name": _both(sub.name),
                        "hints": list(sub.hints),
                    }
                    for sub in category.sub_categories
                ],
            }
            for category in edition.categories
        ],
        "readings": [
            {
                "id": reading.id,
                "question": _both(reading.question),
                "default": reading.default,
                "other": reading.other,
                "article": reading.article,
            }
            for reading in _readings(edition)
        ],
        "duties": [{"id": d.id, "text": _both(d.text), "article": d.article} for d in edition.duties],
        "regimes": [{"id": r.id, "name": _both(r.name), "article": r.article} for r in edition.regimes],
        "articles": [{"id": a.number, "title": _both(a.title), "text": _both(a.text)} for a in edition.articles],
        "references": [
            {"id": r.id, "title": _both(r.title), "href": r.href, "published": str(r.published)}
            for r in edition.references.values()
        ],
        "disclaimer": _both(edition.disclaimer),
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _sector_document(sector: Sector) -> dict[str, Any]:
    return {
        "id": sector.id,
        "name": _both(sector.name),
        "covered": sector.covered,
        "article": sector.article,
        "scenarios": [
            {"id": s.id, "name": _both(s.name), "row": s.row, "provenance": s.provenance} for s in sector.scenarios
        ],
        "rows": [
            {"id": row.id, "name": _both(row.name), "unit": row.unit, "lines": [_line(line) for line in row.lines]}
            for row in sector.rows
        ],
        "items": [_item(item) for item in sector.items],
        "exclusions": [{"id": e.id, "name": _both(e.name), "article": e.article} for e in sector.exclusions],
        "notes": [{"id": n.id, "text": _both(n.text), "article": n.article} for n in sector.notes],
    }


def _line(line: Line) -> dict[str, Any]:
    values = {str(since): value for since, value in line.at.values}
    return {"counter": line.counter, "tier": line.tier, "from": values, "article": line.article}


def _item(item: Item) -> dict[str, Any]:
    when = item.condition
    return {
        "id": item.id,
        "name": _both(item.name),
        "article": item.article,
        "minimum": {str(since): value for since, value in when.minimum.values} if when.minimum else None,
        "unit": when.unit or None,
        "needs": list(when.needs),
        "instead": list(when.instead),
    }


def fields(edition: Edition, chosen: list[Field], lang: str) -> str:
    """Return fields as a table, with the line that says how far they are confirmed."""
    words: dict[str, Any] = HEADS[lang]
    count, verified, status = edition.status()
    rows = [
        (f.id, f.name_zh if lang == "zh" else f.name_en, ", ".join(f.kinds), f.row, f.provenance, f.status)
        for f in chosen
    ]
    known: str = words["draft"].format(fields=count, verified=verified, status=status)
    return tables.table(words["fields"], rows) + "\n" + known


def validated(edition: Edition) -> dict[str, Any]:
    """Read the rest of an edition's files and return what was found; FieldMapError at the first fault."""
    from ...field_maps.errors import FieldMapError

    count, verified, status = edition.status()
    said = edition.scale.get("fields", count)
    if said != count:
        raise FieldMapError(f"the files hold {count}, not {said}", where="edition.yaml: scale.fields")
    return {
        "id": edition.id,
        "files": len(edition.files),
        "sectors": len({field.sector for field in edition.fields}),
        "scenarios": len({(field.sector, field.scenario) for field in edition.fields}),
        "rows": len(edition.rows),
        "items": len(edition.items),
        "fields": count,
        "fields_verified": verified,
        "provenance": dict(sorted(Counter(field.provenance for field in edition.fields).items())),
        "status": status,
    }


def checked(found: dict[str, Any]) -> str:
    """Return what `validated` found in one line, and in a second where the fields come from."""
    line = "{id}: {files} files, {rows} threshold rows, {items} items, {fields} fields ({status}): ok".format(**found)
    if not found["fields"]:
        return line
    sources = ", ".join(f"{name} {count}" for name, count in found["provenance"].items())
    return (
        f"{line}\n  {found['sectors']} sectors, {found['scenarios']} scenarios, {found['fields']} fields by provenance:"
        f" {sources}; {found['fields_verified']} confirmed against the Chinese original"
    )
