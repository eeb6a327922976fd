"""The dashboard over a ledger in PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from booked_year import FIVE, Year
from starlette.testclient import TestClient

from exportgate.pipelines import api
from exportgate.pipelines.dashboard import application, reading


def test_a_ledger_in_postgres_is_shown_and_followed(postgres_server: str, tmp_path: Path) -> None:
    import psycopg

    with psycopg.connect(postgres_server) as connection:
        connection.execute("drop schema if exists exportgate cascade")
    year = Year(tmp_path)
    year.book = api.open_ledger(postgres_server, config=year.settings)
    year.send(replace(FIVE[0], size=31), 0, date(2026, 3, 2), export="first-delivery")
    reader = reading.Reader(year.settings, postgres_server, date(2026, 3, 5), patience=60)
    client = TestClient(application(reader), base_url="http://localhost")
    assert "first-delivery" in client.get("/exports").text
    before = year.book.history()
    year.send(replace(FIVE[0], size=7), 1, date(2026, 3, 4), export="second-delivery")
    for _ in range(60):
        if "second-delivery" in client.get("/exports").text:
            break
    else:
        reading.time.sleep(reading.FRESH)
        assert "second-delivery" in client.get("/exports").text
    assert len(year.book.history()) == len(before) + 2
