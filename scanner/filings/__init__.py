"""What was filed, what was exported, and where the two differ.

A filing (`document.Filing`) is a paper of the handler; what left (`actual.Left`) comes from the ledger. `verify` holds
one against the other under the headings that the edition names for a spot-check.
"""

from __future__ import annotations

from .actual import Left, Order, Volume
from .document import Filing, read
from .verification import Inconsistency, Verification, verify

__all__ = ["Filing", "Inconsistency", "Left", "Order", "Verification", "Volume", "read", "verify"]
