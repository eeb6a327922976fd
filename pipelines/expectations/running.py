"""Run the gate on a batch, from the paths an expectation names."""

from __future__ import annotations

import importlib
from typing import Any


def check(batch: Any, settings: dict[str, Any]) -> dict[str, Any]:
    """Return the ``exportgate.check/1`` document for a batch; nothing is booked.

    `settings` holds ``manifest`` (path), and optionally ``config``, ``ledger`` and ``as_of``.
    """
    face: Any = importlib.import_module("exportgate")

    options = {name: settings[name] for name in ("config", "ledger", "as_of") if settings.get(name)}
    return dict(face.check(batch, settings["manifest"], **options).to_dict())
