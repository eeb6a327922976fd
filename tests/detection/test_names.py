"""Names, comments and types alone: what a column is, in both languages."""

import pytest

from exportgate.recognizers.kinds import KINDS, PROFILES
from exportgate.scanner.detection import ColumnInput, TableInput, judge


def kinds(table: str, *columns: str, comment: str = "") -> list[str]:
    """Judge columns written `name` or `name:comment`."""
    inputs = [ColumnInput(name, comment=said) for name, _, said in (column.partition(":") for column in columns)]
    return [verdict.kind for verdict in judge(TableInput(table, comment, tuple(inputs)))]


@pytest.mark.parametrize(
    "name", ["phone", "sjh", "lxdh", "mobilePhone", "tel_no", "联系电话", "receiver_phone", "shoujihao"]
)
def test_a_phone_by_any_name(name: str) -> None:
    assert kinds("member", name) == ["phone"]


@pytest.mark.parametrize("name", ["supplier_tel", "company_phone", "phone_verified", "phone_model_id", "供应商电话"])
def test_not_a_persons_phone(name: str) -> None:
    assert kinds("t", name) == ["none"]


def test_the_table_decides_whose_name_it_is() -> None:
    assert kinds("patient", "name") == ["person_name"]
    assert kinds("drug", "name", comment="药品目录") == ["none"]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_kind_has_a_class_and_a_clause(profile: str) -> None:
    for kind in KINDS.values():
        assert kind.pi(profile) in ("none", "personal", "sensitive")
        assert kind.citation(profile)


def test_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="gbt45574"):
        judge(TableInput("t"), profile="gdpr")
