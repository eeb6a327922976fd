"""Object stores: S3 and compatible, and every file system that fsspec knows.

Listed by fsspec, which tells an object's tag; read by Arrow: S3 by its own client, others through fsspec. Credentials
come by the standard chain of each store (environment, profile, role) and by nothing else.
"""

from __future__ import annotations

from .datasets import expand, open_dataset
from .files import StoredFile
from .store import Store, open_store

__all__ = ["Store", "StoredFile", "expand", "open_dataset", "open_store"]
