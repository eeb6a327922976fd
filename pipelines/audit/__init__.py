"""Scheduled audits: what lies in outbound buckets, folders and schemas, read once, booked as exports, incrementally.

::

    audit.yaml ─► sources ─► plan ─► reading ─► booking ─► document ─► report, hooks
                  listed     what    side by    in the      exportgate.
                             is new  side       ledger      audit/1

Everything an audit must remember lies in the ledger's own database (`Book.audited`), written in the transaction that
books: after a crash nothing is booked twice and nothing is forgotten.
"""

from __future__ import annotations

from .plan import Task, plan
from .run import assign, run
from .settings import AuditFile, load

__all__ = ["AuditFile", "Task", "assign", "load", "plan", "run"]
