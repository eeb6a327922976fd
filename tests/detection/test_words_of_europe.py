"""Columns in the languages of Europe: whose something is stands behind it, and letters have accents. All made up."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge

CLINIC = "suivi_clinique"
PERSON = {
    "tel_patient": "phone",
    "adresse_patient": "postal_address",
    "date_naissance_patient": "birth_date",
    "prénom": "person_name",
    "nome_paziente": "person_name",
    "telefono_médico": "phone",
    "dirección": "postal_address",
    "correo_cliente": "email",
    "codice_fiscale": "other_id_document",
}
HEALTH = {
    "motif_consultation": "diagnosis",
    "suivi_patient": "medical_history_other",
    "diagnostic_patient": "diagnosis",
    "größe": "lab_or_vital_sign",
    "anamnesi": "medical_history_other",
    "hauptdiagnose": "diagnosis",
    "dosaggio": "medication",
    "hipótese_diagnóstica": "diagnosis",
}


def kinds(table: str, names: str) -> dict[str, str]:
    """Judge a table of columns that have names only."""
    columns = tuple(ColumnInput(name, "", "", "varchar(64)") for name in names.split())
    return {verdict.name: verdict.kind for verdict in judge(TableInput(table, "", columns))}


@pytest.mark.parametrize("expected", [PERSON, HEALTH], ids=["who", "health"])
def test_words_of_other_languages_are_read_in_their_order(expected: dict[str, str]) -> None:
    names = " ".join(["patient_id", *expected])
    assert {name: kind for name, kind in kinds(CLINIC, names).items() if name in expected} == expected


def test_the_order_of_english_stays() -> None:
    found = kinds("staff_roster", "patient_id email_host phone_operator cancer_centre user_email doctor_phone")
    assert found["patient_id"] == "subject_id"
    assert found["user_email"] == "email" and found["doctor_phone"] == "phone"
    assert found["email_host"] == found["cancer_centre"] == "none"


def test_a_table_of_goods_has_weights_and_sizes_that_are_nobodys() -> None:
    assert set(kinds("articles", "code taille poids altezza condition prix").values()) == {"none"}
