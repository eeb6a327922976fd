"""Object stores: S3 and compatible, and every file system that fsspec knows.

Listed by fsspec, which tells an object's tag; read by Arrow: S3 by its own client, others through fsspec. Credentials
come by the standard chain of each store (environment, profile, role) and by nothing else.
"""

from __future__ import annotations

from ...scanner.sources.sidecar import is_sidecar
from .datasets import expand, is_data, one_dataset, open_dataset, sidecar_key
from .files import StoredFile
from .store import Store, Stored, open_store

__all__ = [
    "Store",
    "Stored",
    "StoredFile",
    "expand",
    "is_data",
    "is_sidecar",
    "one_dataset",
    "open_dataset",
    "open_store",
    "sidecar_key",
]
