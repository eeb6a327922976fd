"""A store whose only purpose is to be named in a project's configuration.

Great Expectations imports the classes of its stores when a project is opened, and has no other way in for plugins: a
project with this store knows the gate's expectations and actions before it reads its suites and checkpoints.
"""

from __future__ import annotations

from typing import Any

from great_expectations.data_context.store.store import Store

from .. import expectations as _registered  # noqa: F401 - importing it registers everything

NAME = "exportgate_store"


class ExportGateStore(Store):
    """Keeps nothing; being there is enough."""


def configuration() -> dict[str, Any]:
    """Return the store's entry for ``great_expectations.yml``."""
    return {
        "module_name": __name__,
        "class_name": ExportGateStore.__name__,
        "store_backend": {"class_name": "InMemoryStoreBackend"},
    }
