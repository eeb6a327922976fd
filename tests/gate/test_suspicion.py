"""A column that a person of the trade takes for important data is suspected, and one of nobody's interest is not."""

from dataclasses import replace

import pytest

from exportgate import field_maps
from exportgate.scanner import detection, mapping, suspicion
from exportgate.scanner.manifest import Manifest

EDITION = field_maps.load("fujian-2025")


def suspected(sector: str, scenario: str, name: str) -> tuple[suspicion.Suspicion, ...]:
    columns = tuple(detection.ColumnInput(one, "double") for one in ("id", "created_at", "remark", name))
    judged = detection.judge(detection.TableInput("t", "", columns))
    mapped = mapping.map_columns(judged, EDITION, sector=sector, scenario=None, table_name="t")
    manifest = Manifest.from_dict({"export": {"id": "x", "sector": sector, "scenario": scenario}})
    return suspicion.suspected(mapped, manifest, EDITION)


@pytest.mark.parametrize(("sector", "scenario", "name"), [
    ("aircraft-maintenance", "fdr-analysis", "airspeed"),
    ("aircraft-maintenance", "fdr-analysis", "燃油流量"),
    ("aircraft-maintenance", "cvr-analysis", "舱音记录"),
    ("aircraft-maintenance", "health-monitoring", "fault_code"),
    ("iov", "charging", "电网负荷"),
    ("iov", "rd-design", "交通标志"),
    ("iov", "ota", "差分包"),
    ("pharma", "other", "疾病统计"),
    ("pharma", "drug-rd", "处方组成"),
])  # fmt: skip
def test_what_the_trade_takes_for_important_data_is_suspected(sector: str, scenario: str, name: str) -> None:
    (found,) = suspected(sector, scenario, name)
    assert found.columns == (name,)


@pytest.mark.parametrize(("sector", "scenario", "name"), [
    ("aircraft-maintenance", "fdr-analysis", "status"),
    ("iov", "charging", "sort_order"),
    ("pharma", "other", "备注2"),
    ("retail", "membership", "金额"),
])  # fmt: skip
def test_what_every_table_has_is_not(sector: str, scenario: str, name: str) -> None:
    assert suspected(sector, scenario, name) == ()


def test_an_item_that_a_column_goes_by_is_suspected_though_another_row_is_as_probable() -> None:
    (column,) = detection.judge(detection.TableInput("t", "", (detection.ColumnInput("fault_code", "double"),)))
    (mapped,) = mapping.map_columns([column], EDITION, "aircraft-maintenance", "health-monitoring", "t")
    named = mapped.fields[0]
    manifest = Manifest.from_dict({"export": {"id": "x", "sector": named.sector, "scenario": named.scenario}})
    nearly, likelier = (
        replace(named, id="aircraft-maintenance.maintenance-engineering.task_card", score=score, reason="words")
        for score in (named.score, 2 * named.score)
    )
    found = [
        suspicion.suspected([replace(mapped, fields=(other, named))], manifest, EDITION) for other in (nearly, likelier)
    ]
    assert [bool(each) for each in found] == [True, False]
