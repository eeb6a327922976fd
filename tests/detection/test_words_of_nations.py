"""Care in the languages of ten further nations of Europe, and registers of patients. All made up."""

import pytest

from tests.detection.test_context import verdicts


def found(table: str, names: str) -> dict[str, tuple[str, str]]:
    """Judge a table of columns that have names alone."""
    return verdicts(table, *(f"{name}@varchar(64)" for name in names.split()))


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("PlangereaPrincipala", "medical_history_other"),
        ("Casa_Asigurari", "insurance_account"),
        ("MedicFamilie", "person_name"),
        ("Localitate", "postal_address"),
        ("rozpoznanie", "diagnosis"),
        ("grupa_krwi", "lab_or_vital_sign"),
        ("szczepienia", "medical_history_other"),
        ("hastalik_adi", "diagnosis"),
        ("kullandigi_ilaclar", "medication"),
        ("tahlil_sonucu", "lab_or_vital_sign"),
        ("pressione_arteriosa", "lab_or_vital_sign"),
        ("tessera_sanitaria", "social_security_no"),
        ("hoofdklacht", "medical_history_other"),
        ("bloeddruk", "lab_or_vital_sign"),
        ("krvniPritisak", "lab_or_vital_sign"),
        ("dijagnoza", "diagnosis"),
        ("krevni_skupina", "lab_or_vital_sign"),
        ("vernyomas", "lab_or_vital_sign"),
        ("gyogyszerek", "medication"),
        ("codigo_carteira_saude", "insurance_account"),
        ("prn_number", "medical_record_no"),
        ("blood_name", "lab_or_vital_sign"),
        ("phone_last4", "phone"),
        ("patient_phone_snapshot", "phone"),
    ],
)
def test_words_of_care_in_further_languages_are_known(column: str, kind: str) -> None:
    assert found("patient_visit", f"patient_id {column}")[column][0] == kind


@pytest.mark.parametrize(
    "table", ["TriajPacienti", "muayene", "wizyty_lekarskie", "cartelle_cliniche", "karton_pacijenta"]
)
def test_tables_of_care_are_called_so_abroad(table: str) -> None:
    assert found(table, "id datum result observatii")["result"][1] == "sensitive"


@pytest.mark.parametrize(
    ("table", "column"), [("retete_culinare", "reteta"), ("recept", "recepten"), ("hotel", "opname")]
)
def test_what_cooks_and_hotels_call_alike_is_no_health(table: str, column: str) -> None:
    assert found(table, f"id {column} porties")[column][1] == "none"


def test_files_forms_and_stamps_are_nobodys() -> None:
    judged = found("patient_documents", "patient_id mime_type file_size crf_name DateTStamp")
    assert {judged[name][1] for name in ("mime_type", "file_size", "crf_name")} == {"none"}
    assert judged["DateTStamp"][0] != "other_id_document"
