"""`guard`: the command runs only when the gate passes, and what it leaves behind is booked, held or said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import exportgate
from exportgate.pipelines import guarded
from exportgate.scanner.errors import LedgerError

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-11-23", "--quiet")


def states(run: Run) -> dict[str, str]:
    """What the last entry of each booking made of it."""
    found = {}
    for line in run("ledger", "history", "--format", "json")[1].splitlines():
        entry = json.loads(line)
        if "booking" in entry:
            found[entry["booking"]] = entry["kind"]
    return found


@pytest.fixture
def ready(office: Any) -> Any:
    office.members("m", 0, 20)
    office.manifest("a")
    return office


def guard(run: Run, *command: object, more: tuple[str, ...] = ()) -> tuple[int, str, str]:
    return run("guard", "m.parquet", "-m", "a.yaml", *DAY, *more, "--", *command)


@pytest.mark.parametrize(
    ("command", "more", "code", "state"),
    [
        (["true"], (), 0, "committed"),
        (["false"], (), 1, "held"),
        (["sh", "-c", "exit 7"], (), 7, "held"),
        (["false"], ("--on-failure", "release"), 1, "released"),
        (["sh", "-c", "kill -TERM $$"], (), 143, "held"),
        (["no-such-command-anywhere"], (), 127, "released"),
        (["/"], (), 126, "released"),
    ],
)
def test_how_the_command_ends_decides(
    run_cli: Run, ready: Any, command: list[str], more: tuple[str, ...], code: int, state: str
) -> None:
    ended, _, err = guard(run_cli, *command, more=more)
    assert (ended, list(states(run_cli).values())) == (code, [state]), err
    if state == "held":
        assert "exportgate commit" in err
        assert "exportgate release" in err


def test_a_stopped_export_never_runs(run_cli: Run, ready: Any) -> None:
    run_cli("incident", "add", "--what", "order 9", "--suspend")
    ended, _, err = guard(run_cli, "touch", "left")
    assert (ended, Path("left").exists(), states(run_cli)) == (1, False, {})
    assert "did not run" in err


@pytest.mark.parametrize("more", [(), ("--on-failure", "release")])
def test_a_failed_repetition_takes_nothing_back(run_cli: Run, ready: Any, more: tuple[str, ...]) -> None:
    """The first run booked it: a second that fails keeps its exit status, and the booking."""
    assert guard(run_cli, "true")[0] == 0
    ended, _, err = guard(run_cli, "sh", "-c", "exit 9", more=more)
    assert (ended, list(states(run_cli).values())) == (9, ["committed"]), err


def test_release_never_gives_back_what_an_earlier_run_may_have_let_out(run_cli: Run, ready: Any) -> None:
    assert guard(run_cli, "false")[0] == 1
    assert guard(run_cli, "false", more=("--on-failure", "release"))[0] == 1
    assert list(states(run_cli).values()) == ["held"]
    assert guard(run_cli, "true")[0] == 0
    assert list(states(run_cli).values()) == ["committed"]


def test_a_ledger_that_is_gone_after_the_transfer_is_exit_3_and_names_the_line(run_cli: Run, ready: Any) -> None:
    ended, _, err = guard(run_cli, "sh", "-c", "mv year.duckdb away && mkdir year.duckdb")
    assert ended == 3
    assert "exportgate commit " in err
    Path("year.duckdb").rmdir()
    Path("away").rename("year.duckdb")
    assert list(states(run_cli).values()) == ["reserved"]
    ended, _, err = guard(run_cli, "sh", "-c", "mv year.duckdb away && mkdir year.duckdb; exit 5")
    assert ended == 5, "the command's own status is the one that is seen"


def started(ready: Any, child: str) -> tuple[subprocess.Popen[str], Path]:
    mark = ready.folder / "mark"
    code = "import sys; from exportgate.pipelines import cli; cli.main(sys.argv[1:])"
    line = ["guard", "m.parquet", "-m", "a.yaml", *DAY, "--", "sh", "-c", child]
    process = subprocess.Popen([sys.executable, "-c", code, *line], cwd=ready.folder, stderr=subprocess.PIPE, text=True)
    while not mark.exists() and process.poll() is None:
        time.sleep(0.02)
    return process, mark


def test_a_signal_goes_to_the_command_and_the_reservation_is_held(run_cli: Run, ready: Any) -> None:
    child = "trap 'echo tidied > tidy; exit 3' TERM; touch mark; while :; do sleep 0.05; done"
    process, _ = started(ready, child)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 3
    assert (ready.folder / "tidy").exists()
    assert list(states(run_cli).values()) == ["held"]


def test_killed_in_the_middle_the_headroom_is_kept(run_cli: Run, ready: Any) -> None:
    process, _ = started(ready, "touch mark; echo $$ > pid; exec sleep 60")
    process.kill()
    process.wait(60)
    os.kill(int((ready.folder / "pid").read_text()), signal.SIGKILL)
    assert list(states(run_cli).values()) == ["reserved"]
    status = json.loads(run_cli("ledger", "status", "--format", "json", "--as-of", "2026-11-23")[1])
    assert [r["export"] for r in status["reservations"]] == ["a"]
    assert guard(run_cli, "true")[0] == 0
    assert list(states(run_cli).values()) == ["committed"]


def test_the_context_manager_holds_and_lets_the_error_through(run_cli: Run, ready: Any) -> None:
    with pytest.raises(ZeroDivisionError), exportgate.guard("m.parquet", "a.yaml") as checked:
        _ = 1 / 0
    assert checked.reservation
    assert states(run_cli) == {checked.reservation: "held"}
    with exportgate.guard("m.parquet", "a.yaml"):
        pass
    with pytest.raises(ZeroDivisionError), exportgate.guard("m.parquet", "a.yaml"):
        _ = 1 / 0
    assert states(run_cli) == {checked.reservation: "committed"}


def test_the_context_manager_releases_when_told(run_cli: Run, ready: Any) -> None:
    with pytest.raises(KeyboardInterrupt), exportgate.guard("m.parquet", "a.yaml", on_failure="release"):
        raise KeyboardInterrupt
    assert list(states(run_cli).values()) == ["released"]


def test_the_context_manager_says_when_it_could_not_book(ready: Any) -> None:
    with (
        pytest.raises(LedgerError, match="could not be booked") as refused,
        exportgate.guard("m.parquet", "a.yaml") as checked,
    ):
        Path("year.duckdb").rename("away")
        Path("year.duckdb").mkdir()
    assert refused.value.hint.startswith(f"exportgate commit {checked.reservation} --on")


def test_a_stopped_export_never_enters_the_block(run_cli: Run, ready: Any) -> None:
    run_cli("incident", "add", "--what", "order 9", "--suspend")
    with pytest.raises(guarded.NotAllowedError) as stopped, exportgate.guard("m.parquet", "a.yaml"):
        raise AssertionError("the block ran")
    assert stopped.value.exit_code == 1
