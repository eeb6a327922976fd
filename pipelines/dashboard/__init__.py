"""The dashboard: server-rendered pages over the ledger, which it only reads, and ``/metrics`` for Prometheus.

Nothing is loaded from anywhere else: type, style and the one script lie in ``static/``. Charts are SVG that the server
draws, so they need no script, print, and follow the reader's colours. See docs/dashboard.md.
"""

from __future__ import annotations

from .application import application, warm
from .entrance import Entrance, require_guarded

__all__ = ["Entrance", "application", "require_guarded", "warm"]
