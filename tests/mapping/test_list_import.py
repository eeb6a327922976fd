"""The original enters by one door: read in any format, shown as a difference, adopted only when confirmed."""

from datetime import date
from pathlib import Path

import made_up_original
import pytest
from click.testing import CliRunner

from exportgate import field_maps
from exportgate.field_maps.model import Edition
from exportgate.pipelines.cli.list_import import import_list
from exportgate.pipelines.list_import import Difference, adopt, compare, read_original
from exportgate.scanner.errors import ReviewError, UsageError

CHANGED = ("retail", "membership", "sensitive", 1, 600_000)
ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return field_maps.load("fujian-2025")


@pytest.fixture(scope="module")
def made(edition: Edition) -> made_up_original.MadeUp:
    return made_up_original.make(edition, CHANGED)


def difference_of(path: Path, edition: Edition) -> Difference:
    return compare(read_original(path), edition)


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".docx", ".pdf"])
def test_every_format_shows_exactly_what_was_changed(
    ending: str, made: made_up_original.MadeUp, edition: Edition, tmp_path: Path
) -> None:
    found = difference_of(made_up_original.write(made, tmp_path / f"original{ending}"), edition)
    assert {each["id"]: each["original"] for each in found.renamed} == made.renamed
    assert {each["id"]: each["to"] for each in found.moved} == made.moved
    assert (found.added, found.missing, found.ambiguous, found.unchanged) == ((), (), (), 273)
    assert found.totals == {"sectors": (4, 4), "scenarios": (26, 26), "fields": (298, 298)}
    (change,) = found.thresholds
    assert (change.sector, change.row, change.counter, change.tier, change.original) == CHANGED
    assert change.working == 500_000


def test_adopting_writes_an_official_edition_and_leaves_the_old_one(
    made: made_up_original.MadeUp, edition: Edition, tmp_path: Path
) -> None:
    path = made_up_original.write(made, tmp_path / "original.xlsx")
    found = difference_of(path, edition)
    new = field_maps.load(adopt(found, edition, tmp_path / "official", ON))
    assert new.status() == (298, 298, "official")
    assert new.id == "fujian-2025-2026-11-23"
    assert all("original.xlsx, sheet Sheet, row" in each.source for each in new.fields)
    lines = {(line.counter, line.tier): line.at.on(ON) for line in new.row_for("retail", "membership").lines}
    assert lines["sensitive", 1] == 600_000
    assert edition.status() == (298, 0, "draft")
    after = difference_of(path, new)
    assert (after.renamed, after.moved, after.missing, after.thresholds, after.unchanged) == ((), (), (), (), 298)


def test_what_stood_before_is_kept(made: made_up_original.MadeUp, edition: Edition, tmp_path: Path) -> None:
    import json

    found = difference_of(made_up_original.write(made, tmp_path / "original.csv"), edition)
    folder = adopt(found, edition, tmp_path / "official", ON)
    before = json.loads((folder / "import.json").read_text(encoding="utf-8"))["before"]
    assert {id_: row["name_zh"] for id_, row in before.items()} == {each.id: each.name_zh for each in edition.fields}


def test_nothing_is_adopted_while_a_row_is_in_doubt(
    made: made_up_original.MadeUp, edition: Edition, tmp_path: Path
) -> None:
    from dataclasses import replace

    found = difference_of(made_up_original.write(made, tmp_path / "original.csv"), edition)
    doubtful = replace(found, ambiguous=({"place": "row 7", "name": "x", "candidates": ["a", "b"]},))
    with pytest.raises(ReviewError, match="row 7"):
        adopt(doubtful, edition, tmp_path / "official", ON)
    assert not (tmp_path / "official").exists()


def test_a_person_decides_a_row(edition: Edition, tmp_path: Path) -> None:
    path = tmp_path / "original.csv"
    rows = [(s.name.zh, c.name.zh) for s, c in edition.scenarios]
    text = "行业,业务场景,字段\n" + "".join(f"{sector},{scenario},未知项\n" for sector, scenario in rows)
    path.write_text(text, encoding="utf-8")
    found = compare(read_original(path), edition, {"row 2": "pharma.clinical-trials.age"})
    assert {"pharma.clinical-trials.age": "未知项"}.items() <= {e["id"]: e["original"] for e in found.renamed}.items()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("none.csv", None, "no such file"),
        ("notes.txt", "a", "not a format lists come in"),
        ("stock.csv", "sku,price\n1,2\n", "no table with a heading"),
        ("empty.csv", "行业,场景,字段\n", "empty"),
        ("other.csv", "行业,场景,字段\n金融,反洗钱,客户号\n金融,信贷,额度\n", "not this list"),
        ("broken.xlsx", "not a workbook", "cannot be read"),
        ("broken.pdf", "not a page", "cannot be read"),
    ],
)
def test_what_is_no_such_list_is_refused_with_the_reason(
    name: str, content: str | None, why: str, edition: Edition, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=why) as refused:
        difference_of(tmp_path / name, edition)
    assert refused.value.exit_code == 2


def test_the_command_shows_and_then_writes(made: made_up_original.MadeUp, tmp_path: Path) -> None:
    path = made_up_original.write(made, tmp_path / "original.csv")
    shown = CliRunner().invoke(import_list, [str(path)])
    assert "renamed: 20" in shown.output
    assert "500,000 -> 600,000" in shown.output
    target = tmp_path / "official"
    arguments = [str(path), "--confirm", "--to", str(target), "--as-of", "2026-11-23", "--format", "json"]
    assert CliRunner().invoke(import_list, arguments).exception is None
    assert (target / "edition.yaml").is_file()


def test_the_difference_is_the_document_its_schema_describes(
    made: made_up_original.MadeUp, edition: Edition, tmp_path: Path
) -> None:
    import json

    import jsonschema

    from exportgate.pipelines import schemas

    found = difference_of(made_up_original.write(made, tmp_path / "original.csv"), edition)
    jsonschema.validate(found.to_dict(), json.loads(schemas.text("list-import")))


def test_a_sheet_for_each_sector_needs_no_column_for_it(edition: Edition, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sector in (each for each in edition.sectors if any(f.sector == each.id for f in edition.fields)):
        sheet = book.create_sheet(sector.name.zh[:31])
        sheet.append(["序号", "应用场景", "字段名称", "备注"])
        for at, field in enumerate((f for f in edition.fields if f.sector == sector.id), start=1):
            scenario = next(s.name.zh for s in sector.scenarios if s.id == field.scenario)
            sheet.append([at, scenario, field.name_zh, field.definition])
    book.save(tmp_path / "sheets.xlsx")
    found = difference_of(tmp_path / "sheets.xlsx", edition)
    assert (found.unchanged, found.moved, found.added, found.missing) == (298, (), (), ())
    assert found.totals["sectors"] == (4, 4)
