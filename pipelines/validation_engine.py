"""Great Expectations, imported so that nothing it imports can end the process.

Where PySpark is installed and a part of Spark Connect is not, PySpark ends the interpreter *with exit code 0* while
Great Expectations is being imported (in a process without a main file: ``python -c``, an Airflow task, an embedded
interpreter). To a pipeline that reads exit codes that is a pass. Here it costs Spark Connect, nothing else.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType

from ..scanner.errors import ComponentError

SPARK_CONNECT = ("pyspark.sql.connect.dataframe", "pyspark.sql.connect.session")


def great_expectations() -> ModuleType:
    """Import Great Expectations, with older versions' usage statistics switched off.

    Raises ComponentError when something that it imports wants to end the process.

    >>> great_expectations().__name__
    'great_expectations'
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    try:
        return _imported()
    except SystemExit:
        return _without_spark_connect()


def _imported() -> ModuleType:
    import great_expectations

    return great_expectations


def _without_spark_connect() -> ModuleType:
    """Import it with Spark Connect named as missing, which Great Expectations knows how to do without."""
    for name in SPARK_CONNECT:
        sys.modules[name] = None  # type: ignore[assignment] # Python's own mark of a module that cannot be imported
    try:
        return _imported()
    except SystemExit as stop:
        raise ComponentError(
            f"importing Great Expectations wanted to end the process (exit code {stop.code})",
            hint="python -X importtime -c 'import great_expectations' shows which package it was",
        ) from None
    finally:
        for name in SPARK_CONNECT:
            sys.modules.pop(name, None)
