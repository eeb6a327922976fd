"""Columns of shops, rentals and workshops in the languages of trading partners, in their letters and in Latin ones."""

import pytest

from exportgate.scanner.detection import ColumnInput, TableInput, judge

COLUMNS = {
    "khach_hang": {
        "ma_kh": "member_id",
        "họ_tên": "person_name",
        "so_dien_thoai": "phone",
        "dia_chi": "postal_address",
    },
    "sotrudnik": {"fio": "person_name", "data_rozhdeniya": "birth_date", "dolzhnost": "occupation_employer"},
    "сотрудники": {"фамилия": "person_name", "телефон": "phone", "дата_рождения": "birth_date"},
    "kaiin": {"kaiin_bango": "member_id", "seinengappi": "birth_date", "jusho": "postal_address"},
    "顧客": {
        "氏名": "person_name",
        "生年月日": "birth_date",
        "住所": "postal_address",
        "免許証番号": "other_id_document",
    },
    "gogaek": {"ireum": "person_name", "이름": "person_name", "휴대폰": "phone", "계좌번호": "bank_account"},
    "penyewaan": {"no_rangka": "vehicle_vin", "nama_penyewa": "person_name", "kota_konsumen": "postal_address"},
    "kundendaten": {
        "kundennummer": "member_id",
        "fuehrerschein_nr": "other_id_document",
        "grundgehalt": "income_assets",
    },
    "pedido": {"cnh": "other_id_document", "placa_veiculo": "licence_plate", "nome_motorista": "person_name"},
}


def kinds(table: str, names: list[str]) -> dict[str, str]:
    """Judge a table of columns that have names only."""
    columns = tuple(ColumnInput(name, "", "", "varchar(64)") for name in names)
    return {verdict.name: verdict.kind for verdict in judge(TableInput(table, "", columns))}


@pytest.mark.parametrize("table", COLUMNS)
def test_words_of_trades_abroad_are_read(table: str) -> None:
    assert kinds(table, list(COLUMNS[table])) == COLUMNS[table]


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("produk", ["kode", "harga", "jumlah", "nama_produk"]),
        ("reifen", ["land", "ort", "preis"]),
        ("polls", ["pol", "inn", "status"]),
    ],
)
def test_goods_abroad_and_short_words_elsewhere_are_nobodys(table: str, names: list[str]) -> None:
    assert set(kinds(table, names).values()) == {"none"}
