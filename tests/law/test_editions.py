"""The editions that come along can be read, and hold what they say they hold."""

from __future__ import annotations

import pytest

from exportgate import field_maps


def test_the_list_holds_what_its_summary_says() -> None:
    edition = field_maps.load("fujian-2025")
    assert len([s for s in edition.sectors if s.covered]) == 4
    assert len(edition.scenarios) == 26
    assert len(edition.fields) == 298
    assert edition.status() == (298, 0, "draft")


@pytest.mark.parametrize(
    ("sector", "name", "row"),
    [
        ("pharma", "clinical-trials", "trial-subjects"),
        ("pharma", "dct", "trial-subjects"),
        ("pharma", "drug-rd", "trial-subjects"),
        ("pharma", "pharmacovigilance", "patients"),
        ("pharma", "product-complaints", "patients"),
        ("pharma", "medical-inquiry", "patients"),
        ("pharma", "hcp", "hcp"),
        ("iov", "all", "all"),
        ("retail", "membership", "membership"),
        ("aircraft-maintenance", "business-cooperation", "business-cooperation"),
    ],
)
def test_a_scenario_or_a_row_leads_to_the_row(sector: str, name: str, row: str) -> None:
    assert field_maps.load("fujian-2025").row_for(sector, name).id == row


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(field_maps.FieldMapError, match="did you mean membership"):
        field_maps.load("fujian-2025").row_for("retail", "menbership")
    with pytest.raises(field_maps.FieldMapError, match="did you mean fujian-2025"):
        field_maps.load("fujian-2052")
