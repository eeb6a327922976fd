"""Airflow, Dagster and Spark are extras: skipped where they are missing, unless CI says that they must be there."""

from __future__ import annotations

import importlib
import os
from types import ModuleType

import pytest


def installed(module: str, extra: str) -> ModuleType:
    """Import `module`, or skip what needs it; under ``EXPORTGATE_ORCHESTRATORS`` a missing one is a failure."""
    if os.environ.get("EXPORTGATE_ORCHESTRATORS"):
        return importlib.import_module(module)
    found: ModuleType = pytest.importorskip(module, reason=f"the extra {extra} is not installed")
    return found
