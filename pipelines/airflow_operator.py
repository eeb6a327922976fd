"""Airflow 3: the gate as an operator, its commit as another, and a callback that books when the transfer succeeded.

::

    gate = ExportGateOperator(task_id="gate", source="out/members.parquet", manifest="members.yaml")
    ship = BashOperator(task_id="ship", bash_command="./ship out/members.parquet")
    book = ExportGateCommitOperator(task_id="book", reservation="{{ ti.xcom_pull('gate')['reservation'] }}")
    extract >> gate >> ship >> book

An export that must not go fails the gate at once, without retries; an error (a source, the ledger) is retried as usual.
What goes to XCom is counts and citations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..scanner.errors import ExportgateError, UsageError
from . import step
from .extras import need

with need("airflow"):
    from airflow.sdk import BaseOperator
    from airflow.sdk.exceptions import AirflowFailException

Context = Any


def gate(source: Any, manifest: Any, **options: Any) -> dict[str, Any]:
    """Run the gate inside a ``@task`` function; `options` as of `exportgate.pipelines.step.run`.

    Raises AirflowFailException (no retry) when the export may not go or the manifest is wrong.
    """
    try:
        return step.run(source, manifest, **options)
    except (step.ExportStoppedError, UsageError) as stopped:
        raise AirflowFailException(str(stopped)) from None


class ExportGateOperator(BaseOperator):
    """Check an export and reserve its headroom; downstream tasks run only if it may go.

    `source` and `manifest` are paths (templated). `fail` false lets the flow go on, and the summary in XCom tells the
    outcome: for a branch that sends the export to a person. `reserve` false only asks.
    """

    template_fields: Sequence[str] = ("source", "manifest", "config", "ledger", "as_of")

    def __init__(
        self,
        *,
        source: Any,
        manifest: Any,
        config: str | None = None,
        ledger: str | None = None,
        as_of: str | None = None,
        reserve: bool = True,
        fail: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.source, self.manifest = source, manifest
        self.config, self.ledger, self.as_of = config, ledger, as_of
        self.reserve, self.fail = reserve, fail

    def execute(self, context: Context) -> dict[str, Any]:
        """Run the gate; the summary goes to XCom."""
        found = gate(
            self.source,
            self.manifest,
            config=self.config,
            ledger=self.ledger,
            as_of=self.as_of,
            reserve=self.reserve,
            stop=self.fail,
        )
        self.log.info("%s", step.sentence(found))
        return found


class ExportGateCommitOperator(BaseOperator):
    """Book a reservation after the transfer. Running it again books nothing more."""

    template_fields: Sequence[str] = ("reservation", "config", "ledger", "on")

    def __init__(
        self,
        *,
        reservation: str,
        config: str | None = None,
        ledger: str | None = None,
        on: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.reservation, self.config, self.ledger, self.on = reservation, config, ledger, on

    def execute(self, context: Context) -> dict[str, Any]:
        """Commit the reservation."""
        return step.commit(self.reservation, config=self.config, ledger=self.ledger, on=self.on)


def book_on_success(gate_task: str, **options: Any) -> Callable[[Context], None]:
    """Return an ``on_success_callback`` for the transferring task: it books what task `gate_task` reserved.

    Airflow does not fail a task whose callback fails: a booking that failed stays an open reservation, which keeps its
    headroom and is loud in `exportgate ledger status`.
    """

    def book(context: Context) -> None:
        passed = context["ti"].xcom_pull(task_ids=gate_task)
        try:
            step.commit(passed["reservation"], **options)
        except ExportgateError as error:
            context["ti"].log.error("the export left and is not booked: %s", error)
            raise

    return book
