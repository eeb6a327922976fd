"""What Prometheus reads: the ledger's own figures, and alerts that fire when a line is crossed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from booked_year import AS_OF, FIVE, Year
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from exportgate.pipelines.audit.plan import RUN
from exportgate.pipelines.dashboard import application
from exportgate.pipelines.dashboard.reading import Reader

MONITORING = Path(__file__).resolve().parents[2] / "pipelines" / "dashboard" / "monitoring"
OPEN = {"accept": "application/openmetrics-text; version=1.0.0"}


def app_of(year: Year) -> Any:
    return application(Reader(year.settings, year.settings.ledger_url, AS_OF, patience=60))


def families(year: Year) -> dict[str, list[Any]]:
    answer = TestClient(app_of(year), base_url="http://localhost").get("/metrics", headers=OPEN)
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")
    return {family.name: family.samples for family in text_string_to_metric_families(answer.text)}


def required(program: str) -> str:
    found = shutil.which(program)
    if found is None and os.environ.get("EXPORTGATE_CI"):
        pytest.fail(f"{program} is missing")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def test_the_gauges_are_the_ledgers_figures(own_year: Year) -> None:
    own_year.reserve(replace(FIVE[0], size=7, columns=(("x", "free_text", "personal", None, True),)), 80, AS_OF)
    status, found = own_year.book.status(2026, AS_OF), families(own_year)
    persons = {(s.labels["row"], s.labels["counter"]): s.value for s in found["exportgate_persons"]}
    for counter in status["counters"]:
        for name in ("non_sensitive", "sensitive", "any"):
            assert persons[counter["row"], name] == counter[name]
    lines = {
        (s.labels["row"], s.labels["counter"], s.labels["tier"]): s.value for s in found["exportgate_threshold_persons"]
    }
    left = {
        (s.labels["row"], s.labels["counter"], s.labels["tier"]): s.value for s in found["exportgate_headroom_persons"]
    }
    assert left
    assert all(lines[key] - persons[key[:2]] == value > 0 for key, value in left.items())
    one = {name: samples[0].value for name, samples in found.items() if len(samples) == 1}
    assert one["exportgate_up"] == 1
    assert one["exportgate_undecided_columns"] == 1
    assert one["exportgate_ledger_entries"] == status["chain"]["entries"]
    assert sum(s.value for s in found["exportgate_reservations"]) == len(status["reservations"]) == 1
    assert any(s.labels["path"] == "list-filing" for s in found["exportgate_filing_expiry_days"]) is False


def test_an_approval_counts_down(own_year: Year) -> None:
    approval = {"number": "N-1", "opinion": "off-list", "opinion_date": "2026-03-02", "status": "valid"}
    own_year.send(replace(FIVE[0], size=3, approval=approval), 90, AS_OF)
    found = families(own_year)
    days = {s.labels["number"]: s.value for s in found["exportgate_filing_expiry_days"]}
    assert days["N-1"] == (AS_OF.replace(year=2029, month=3, day=2) - AS_OF).days


def test_no_name_of_a_column_or_person_leaves_through_metrics(booked: Year) -> None:
    body = TestClient(app_of(booked), base_url="http://localhost").get("/metrics").text
    assert "member_id" not in body
    assert not re.search(r"members0000", body)


def test_every_metric_of_the_rules_and_the_grafana_board_exists(booked: Year) -> None:
    body = TestClient(app_of(booked), base_url="http://localhost").get("/metrics").text
    known = set(re.findall(r"# TYPE (exportgate_\w+)", body)) | {"exportgate_ledger_read_failures_total"}
    board = json.loads((MONITORING / "grafana.json").read_text("utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    texts = "\n".join(
        [*asked, *re.findall(r"expr: (.*(?:\n {10}.*)*)", (MONITORING / "alerts.yaml").read_text("utf-8"))]
    )
    assert set(re.findall(r"exportgate_\w+", texts)) <= known
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    served = TestClient(app_of(booked), base_url="http://localhost")
    assert served.get("/monitoring/grafana.json").json() == board


def test_promtool_accepts_rules_and_metrics(booked: Year) -> None:
    promtool = required("promtool")
    subprocess.run([promtool, "check", "rules", str(MONITORING / "alerts.yaml")], check=True, capture_output=True)
    body = (
        TestClient(app_of(booked), base_url="http://localhost")
        .get("/metrics", headers={"accept": "text/plain"})
        .content
    )
    done = subprocess.run([promtool, "check", "metrics"], input=body, capture_output=True, check=False)
    complaints = [line for line in (done.stdout + done.stderr).decode().splitlines() if "base unit" not in line]
    assert complaints == []


@contextmanager
def serving(app: Any) -> Iterator[str]:
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def test_prometheus_scrapes_and_the_alert_fires_when_a_line_is_crossed(own_year: Year, tmp_path: Path) -> None:
    prometheus = required("prometheus")
    with serving(app_of(own_year)) as target:
        (tmp_path / "prometheus.yml").write_text(
            "global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
            f"rule_files: ['{MONITORING / 'alerts.yaml'}']\n"
            f"scrape_configs: [{{job_name: exportgate, static_configs: [{{targets: ['{target}']}}]}}]\n"
        )
        with serving_prometheus(prometheus, tmp_path) as address:
            wait_for(address, 'exportgate_persons{row="all",counter="any"} > 0')
            assert firing(address) == set()
            # 1 person with sensitive items is the line of connected vehicles
            own_year.send(replace(FIVE[2], size=2, sensitive=True), 99, AS_OF)
            for _ in range(150):
                if ("ExportgateThresholdCrossed", "all", "2") in firing(address):
                    return
                time.sleep(0.2)
            pytest.fail("the alert did not fire")


@contextmanager
def serving_prometheus(program: str, folder: Path) -> Iterator[str]:
    listen = f"127.0.0.1:{_free()}"
    command = [
        program,
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address={listen}",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            yield f"http://{listen}"
        finally:
            running.terminate()
            running.wait(20)


def _free() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str, query: str) -> None:
    for _ in range(150):
        try:
            if httpx2.get(f"{address}/api/v1/query", params={"query": query}).json()["data"]["result"]:
                return
        except (httpx2.TransportError, ValueError):
            pass
        time.sleep(0.2)
    pytest.fail(f"nothing came for {query}")


def firing(address: str) -> set[tuple[str, str, str]]:
    alerts = httpx2.get(f"{address}/api/v1/alerts").json()["data"]["alerts"]
    labels = [alert["labels"] for alert in alerts if alert["state"] == "firing"]
    return {
        (one["alertname"], one.get("row", ""), one.get("tier", "")) for one in labels if one["severity"] == "critical"
    }


def test_the_last_audit_is_told(own_year: Year) -> None:
    before = {name: samples[0].value for name, samples in families(own_year).items() if len(samples) == 1}
    assert before["exportgate_last_audit_timestamp_seconds"] == 0
    own_year.book.remember(*RUN, {"number": 1, "open": False, "finished": "2026-08-31T02:00:00+08:00"})
    own_year.book.remember("bucket", "a.csv", {"status": "failed"})
    own_year.book.remember("bucket", "b.csv", {"status": "booked"})
    after = {name: samples[0].value for name, samples in families(own_year).items() if len(samples) == 1}
    assert after["exportgate_last_audit_timestamp_seconds"] == 1788112800
    assert after["exportgate_last_audit_failures"] == 1
