"""The one metric behind the expectations: the findings about a batch, computed once and shared.

Without a manifest the batch *is* the table of measures of a check that has been computed. With one, the gate is run on
the batch. Whatever goes wrong becomes a sentence in `Findings.error`: an engine's own message may quote a cell, so the
message of an error that is not ours is never passed on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.execution_engine.sparkdf_execution_engine import SparkDFExecutionEngine
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from ...scanner.errors import ExportgateError
from . import batches
from .base import METRIC, Findings

Values = dict[str, Any]


class ExportFindings(TableMetricProvider):
    """Findings about a batch, by engine. The value keys are what the findings depend on, and the key of the cache."""

    metric_name = METRIC
    value_keys = ("manifest", "config", "ledger", "as_of")

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(cls, execution_engine: Any, metric_domain_kwargs: Values, metric_value_kwargs: Values, **_: Any) -> Any:  # noqa: N805
        return findings(lambda: batches.of_pandas(_domain(execution_engine, metric_domain_kwargs)), metric_value_kwargs)

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sql(cls, execution_engine: Any, metric_domain_kwargs: Values, metric_value_kwargs: Values, **_: Any) -> Any:  # noqa: N805
        def read() -> Any:
            return batches.of_sql(execution_engine, _domain(execution_engine, metric_domain_kwargs))

        return findings(read, metric_value_kwargs)

    @metric_value(engine=SparkDFExecutionEngine)
    def _spark(cls, execution_engine: Any, metric_domain_kwargs: Values, metric_value_kwargs: Values, **_: Any) -> Any:  # noqa: N805
        return findings(lambda: batches.of_spark(_domain(execution_engine, metric_domain_kwargs)), metric_value_kwargs)


def findings(read: Callable[[], Any], settings: Values) -> Findings:
    """Return the findings about the batch that `read` delivers."""
    try:
        batch = read()
        if not settings.get("manifest"):
            return _of_measures(batch)
        return _of_batch(batch, settings)
    except ExportgateError as error:
        return Findings(error=str(error).splitlines()[0])
    except Exception as error:  # an engine's message may quote a cell: only its type is told
        return Findings(error=f"the batch could not be checked ({type(error).__name__})")


def _domain(engine: Any, domain: Values) -> Any:
    return engine.get_compute_domain(domain, domain_type=MetricDomainTypes.TABLE)[0]


def _of_measures(table: Any) -> Findings:
    """Read the table of measures of a check that has been computed."""
    names, values = table["measure"].tolist(), table["value"].tolist()
    return Findings(measures={str(name): int(value) for name, value in zip(names, values, strict=True)})


def _of_batch(batch: Any, settings: Values) -> Findings:
    """Run the gate on the batch; nothing is booked."""
    from .. import suite
    from . import running

    return suite.findings(running.check(batch, settings))
