"""The catalogue as a page in both languages. Write it anew: ``python tests/mapping/catalogue_page.py``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from exportgate import field_maps
from exportgate.field_maps import Edition
from exportgate.field_maps.model import Field

PAGE = Path(__file__).parents[2] / "docs" / "catalogue-fields.md"


_HEAD = "| 字段 / field | 含义 / what belongs to it | kinds | category | sensitivity | provenance and source |"
_WORDS = (
    ("category", "personal 个人信息, important 重要数据, genetic 人类遗传资源"),
    ("sensitivity", "sensitive 敏感个人信息, personal 一般个人信息, none 非个人信息"),
    (
        "provenance",
        "official 中文原文, summary 已公布摘要, sibling-list 其他片区清单, standard 标准, reconstructed 重建",
    ),
)


_KINDS = (
    "* *kinds*: what a column holds that points to the field, the most telling first; `none` is no personal "
    "information / 指向该字段的内容类型，最有指示性的在前；`none` 为非个人信息",
)


def _row(field: Field) -> str:
    key = field.id.rsplit(".", 1)[1]
    what = f"{field.category} (`{field.item}`)" if field.item else field.category
    cells = (
        f"**{field.name_zh}** / {field.name_en}<br>`{key}`",
        f"{field.definition_zh}<br>{field.definition}",
        ", ".join(f"`{kind}`" for kind in field.kinds),
        what,
        field.sensitivity,
        f"*{field.provenance}*: {field.source}",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _contents(edition: Edition) -> list[str]:
    """Return one line for each sector with links to the tables of its scenarios."""
    lines = []
    for sector in edition.sectors:
        mine = [scenario for owner, scenario in edition.scenarios if owner.id == sector.id]
        links = " · ".join(f"[{s.name.en} / {s.name.zh}](#{sector.id}-{s.id})" for s in mine)
        lines += [f"* {sector.name.en} / {sector.name.zh}: {links}"] if mine else []
    return lines


def render(edition: Edition) -> str:
    """Return the page."""
    fields, verified, status = edition.status()
    known = Counter(field.provenance for field in edition.fields)
    lines = [
        "# The fields of the working catalogue / 工作目录字段",
        "",
        f"{edition.title.en} / {edition.title.zh}: {fields} fields, {verified} confirmed against the Chinese original, "
        f"status *{status}*. / 共 {fields} 个字段，已与中文原文核对 {verified} 个。",
        "",
        "Provenance / 来源: " + ", ".join(f"{name} {count}" for name, count in sorted(known.items())) + ".",
        "",
        *(f"* *{name}*: {words}" for name, words in _WORDS),
        *_KINDS,
        "",
        *_contents(edition),
    ]
    for sector, scenario in edition.scenarios:
        rows = [f for f in edition.fields if (f.sector, f.scenario) == (sector.id, scenario.id)]
        lines += ["", f'<a id="{sector.id}-{scenario.id}"></a>', ""]
        lines += [f"## {sector.name.en} / {sector.name.zh}: {scenario.name.en} / {scenario.name.zh}", ""]
        row = edition.row_for(sector.id, scenario.id)
        lines += [f"`{sector.id}.{scenario.id}` · threshold row / 阈值行 `{row.id}`: {row.name.en} / {row.name.zh}", ""]
        lines += [_HEAD, "|---" * (_HEAD.count("|") - 1) + "|", *map(_row, rows)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render(field_maps.load(field_maps.default_id())), encoding="utf-8")
