"""A made-up original: the working rows in other clothes, as .xlsx, .docx, .pdf and .csv. Nothing in it is law."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from exportgate.field_maps import Edition

HEADINGS = [
    "数据类别",
    "字段名称",
    "业务场景",
    "行业",
    "需申报安全评估的数量",
    "需订立标准合同或通过认证的数量",
    "字段描述",
]
RENAMED, MOVED = 20, 5


@dataclass
class Row:
    id: str
    sector: str
    scenario: str
    category: str
    name: str
    description: str
    tier_1: str = ""
    tier_2: str = ""


@dataclass
class MadeUp:
    rows: list[Row]
    renamed: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    def cells(self) -> list[list[str]]:
        return [[r.category, r.name, r.scenario, r.sector, r.tier_1, r.tier_2, r.description] for r in self.rows]


def make(edition: Edition, changed: tuple[str, str, str, int, int], seed: int = 5) -> MadeUp:
    """Return an original with 20 renamed rows, 5 moved ones, and one threshold `changed`."""
    names = {(s.id, c.id): (s.name.zh, c.name.zh) for s, c in edition.scenarios}
    rows = []
    for each in edition.fields:
        sector, scenario = names[each.sector, each.scenario]
        tiers = _thresholds(edition, each.sector, each.scenario, changed)
        category = "重要数据" if each.category == "important" else "个人信息"
        rows.append(Row(each.id, sector, scenario, category, each.name_zh, each.definition, tiers[1], tiers[2]))
    made = MadeUp(rows)
    _disturb(made, edition, random.Random(seed))
    return made


def _disturb(made: MadeUp, edition: Edition, chance: random.Random) -> None:
    counts: dict[str, int] = {}
    for row in made.rows:
        counts[row.name] = counts.get(row.name, 0) + 1
    order = list(range(len(made.rows)))
    chance.shuffle(order)
    for at in order[:RENAMED]:
        row = made.rows[at]
        new = chance.choice(["{}（如有）", "相关{}", "{}明细", "用户{}"]).format(row.name)
        made.renamed[row.id] = new
        made.rows[at] = replace(row, name=new)
    alone = [at for at in order[RENAMED:] if counts[made.rows[at].name] == 1][:MOVED]
    for at in alone:
        row = made.rows[at]
        sector = row.id.split(".")[0]
        others = [c for s, c in edition.scenarios if s.id == sector and c.name.zh != row.scenario]
        target = others[0]
        like = next(r for r in made.rows if r.scenario == target.name.zh and r.sector == row.sector)
        made.moved[row.id] = f"{sector}.{target.id}"
        made.rows[at] = replace(row, scenario=target.name.zh, tier_1=like.tier_1, tier_2=like.tier_2)
    place = {(s.name.zh, c.name.zh): n for n, (s, c) in enumerate(edition.scenarios)}
    made.rows.sort(key=lambda r: place[r.sector, r.scenario])


def _thresholds(
    edition: Edition, sector: str, scenario: str, changed: tuple[str, str, str, int, int]
) -> dict[int, str]:
    words = {"non_sensitive": "不含敏感个人信息", "sensitive": "敏感个人信息", "any": "个人信息"}
    said: dict[int, list[str]] = {1: [], 2: []}
    row = edition.row_for(sector, scenario)
    numbers = {(line.counter, line.tier): line.at.values[-1][1] or 0 for line in row.lines}
    if (sector, row.id) == changed[:2]:
        numbers[changed[2], changed[3]] = changed[4]
    for counter in row.counters:
        said[1].append(f"{words[counter]}{_people(numbers[counter, 1])}以上")
        floor = f"{_people(numbers[counter, 2])}以上" if numbers[counter, 2] > 1 else ""
        said[2].append(f"{words[counter]}{floor}不满{_people(numbers[counter, 1])}")
    return {tier: "；".join(texts) for tier, texts in said.items()}


def _people(number: int) -> str:
    return f"{number // 10000}万人" if number % 10000 == 0 else f"{number:,}人"


def write(made: MadeUp, path: Path) -> Path:
    """Write the made-up original to `path` in the format of its ending."""
    {".csv": _csv, ".xlsx": _xlsx, ".docx": _docx, ".pdf": _pdf}[path.suffix](made, path)
    return path


def _blanked(cells: list[list[str]]) -> list[list[str]]:
    """Return the cells with what a merged cell leaves empty."""
    shown, above = [], [""] * len(HEADINGS)
    for row in cells:
        same = row[2:4] == above[2:4]
        shown.append(
            [("" if same and at in (2, 3, 4, 5) and cell == above[at] else cell) for at, cell in enumerate(row)]
        )
        above = row
    return shown


def _csv(made: MadeUp, path: Path) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        out = csv.writer(file)
        out.writerow(["数据出境管理清单（虚构样例）"])
        out.writerows([HEADINGS, *_blanked(made.cells())])


def _runs(cells: list[list[str]], at: int) -> list[tuple[int, int]]:
    """Return the first and last row of every run that a merged cell in column `at` covers."""
    runs, start = [], 0
    for row in range(1, len(cells) + 1):
        if row == len(cells) or (cells[row][at], *cells[row][2:4]) != (cells[start][at], *cells[start][2:4]):
            runs.append((start, row - 1))
            start = row
    return runs


def _xlsx(made: MadeUp, path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["数据出境管理清单（虚构样例）"])
    sheet.merge_cells("A1:G1")
    sheet.append(HEADINGS)
    cells = made.cells()
    for row in cells:
        sheet.append(row)
    for at in (2, 3, 4, 5):
        for first, last in _runs(cells, at):
            sheet.merge_cells(start_row=first + 3, end_row=last + 3, start_column=at + 1, end_column=at + 1)
    book.save(path)


def _docx(made: MadeUp, path: Path) -> None:
    import docx

    document = docx.Document()
    cells = made.cells()
    table = document.add_table(rows=len(cells) + 1, cols=len(HEADINGS))
    rows = [table.rows[at].cells for at in range(len(cells) + 1)]
    for cell, text in zip(rows[0], HEADINGS, strict=True):
        cell.text = text
    for shown, row in zip(rows[1:], _blanked(cells), strict=True):
        for cell, text in zip(shown, row, strict=True):
            if text:
                cell.text = text
    for at in (2, 3):
        for first, last in _runs(cells, at):
            if last > first:
                text = cells[first][at]
                rows[first + 1][at].merge(rows[last + 1][at]).text = text
    document.save(str(path))


_WIDTHS, _HEIGHT, _PER_PAGE, _SIZE = (60, 200, 170, 110, 330, 330, 620), 16, 34, 8


def _pdf(made: MadeUp, path: Path) -> None:
    rows = [HEADINGS, *_blanked(made.cells())]
    pages = [rows[at : at + _PER_PAGE] for at in range(0, len(rows), _PER_PAGE)]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    )
    objects.append(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    )
    kids = []
    size = f"[0 0 {sum(_WIDTHS) + 40} {_HEIGHT * _PER_PAGE + 40}]"
    for page in pages:
        content = _page(page)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {size} /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
    xref = len(body)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n"
    path.write_bytes(body + tail.encode("ascii"))


def _page(rows: list[list[str]]) -> str:
    top, left, parts = _HEIGHT * _PER_PAGE + 20, 20, []
    for at, row in enumerate(rows):
        x, y = left, top - _HEIGHT * (at + 1)
        for width, text in zip(_WIDTHS, row, strict=True):
            parts.append(f"{x} {y} {width} {_HEIGHT} re S")
            if text:
                code = text.encode("utf-16-be").hex()
                parts.append(f"BT /F {_SIZE} Tf {x + 2} {y + 4} Td <{code}> Tj ET")
            x += width
    return "\n".join(parts)
