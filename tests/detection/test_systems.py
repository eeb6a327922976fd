"""Tables of many systems, names and comments alone: kinds and classes we would defend."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from exportgate.recognizers.kinds import KINDS
from exportgate.scanner.detection import ColumnInput, TableInput, judge

SHORT = {
    "N": "none", "pn": "person_name", "id": "cn_resident_id", "pp": "passport", "od": "other_id_document",
    "ph": "phone", "em": "email", "ad": "postal_address", "pl": "precise_location", "tr": "trajectory",
    "bd": "birth_date", "age": "age", "ge": "gender", "et": "ethnicity_race", "re": "religion", "ma": "marital_status",
    "oc": "occupation_employer", "ed": "education", "ba": "bank_account", "pc": "payment_card",
    "fo": "financial_account_other", "ia": "income_assets", "in": "insurance_account", "ss": "social_security_no",
    "mr": "medical_record_no", "dx": "diagnosis", "rx": "medication", "lb": "lab_or_vital_sign",
    "mh": "medical_history_other", "gt": "genetic", "bio": "biometric", "fi": "face_image", "ac": "account_login_id",
    "pw": "password_or_secret", "dv": "device_id", "ip": "ip_address", "vin": "vehicle_vin", "lp": "licence_plate",
    "db": "driving_behaviour", "mf": "minor_flag", "me": "member_id", "su": "subject_id", "ps": "pseudonymous_id",
    "or": "order_or_consumption_record", "av": "photo_avatar", "ft": "free_text",
}  # fmt: skip
FOLDER = Path(__file__).parent / "systems"


@dataclass(frozen=True)
class Labelled:
    """A table and the kinds that are right for each column."""

    table: TableInput
    answers: tuple[frozenset[str], ...]


def _column(text: str) -> tuple[ColumnInput, frozenset[str]]:
    said, _, answers = text.rpartition(" = ")
    said, _, declared = said.partition("@") if "@" in said else (said, "", "")
    name, _, comment = said.partition(":")
    return ColumnInput(name, "", comment, declared), frozenset(SHORT[answer] for answer in answers.split("/"))


def labelled() -> Iterator[Labelled]:
    """Read all tables of the folder."""
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text("utf-8").split("@ ")[1:]:
            head, *lines = [line for line in block.splitlines() if line.strip()]
            name, comment, _ = (part.strip() for part in head.split("|"))
            columns = [_column(line) for line in lines]
            yield Labelled(
                TableInput(name, comment, tuple(column for column, _ in columns)), tuple(right for _, right in columns)
            )


TABLES = list(labelled())


def test_there_are_many_systems() -> None:
    assert sum(len(case.answers) for case in TABLES) >= 600


def misses(case: Labelled) -> list[str]:
    """Say which columns of a table are judged as something we would not defend."""
    verdicts = zip(judge(case.table), case.answers, strict=True)
    return [f"{v.name}: {v.kind}, not {'/'.join(sorted(right))}" for v, right in verdicts if v.kind not in right]


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.table.name)
def test_a_system(case: Labelled) -> None:
    assert misses(case) == []


def test_no_sensitive_column_is_taken_for_less() -> None:
    for case in TABLES:
        for verdict, right in zip(judge(case.table), case.answers, strict=True):
            least = min(("none", "personal", "sensitive").index(KINDS[kind].pi()) for kind in right)
            assert ("none", "personal", "sensitive").index(verdict.pi) >= min(least, 1), verdict.name
