"""The catalogue as a page in both languages. Write it anew: ``python tests/mapping/catalogue_page.py``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from exportgate import field_maps
from exportgate.field_maps import Edition

PAGE = Path(__file__).parents[2] / "docs" / "catalogue-fields.md"


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
    ]
    for sector, scenario in edition.scenarios:
        rows = [f for f in edition.fields if (f.sector, f.scenario) == (sector.id, scenario.id)]
        lines += ["", f"## {sector.name.en} / {sector.name.zh}: {scenario.name.en} / {scenario.name.zh}", ""]
        lines += [f"Threshold row / 阈值行: `{scenario.row}`", ""]
        lines += ["| id | 中文 | English | category | sensitivity | provenance |", "|---|---|---|---|---|---|"]
        for f in rows:
            key = f.id.rsplit(".", 1)[1]
            what = f"{f.category} ({f.item})" if f.item else f.category
            lines.append(f"| `{key}` | {f.name_zh} | {f.name_en} | {what} | {f.sensitivity} | {f.provenance} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render(field_maps.load(field_maps.default_id())), encoding="utf-8")
