"""The door for the Chinese original: read it, hold it against the working catalogue, adopt it when a person confirms.

The original controls. Nothing is changed by reading: `compare` returns the differences, `adopt` writes a new edition
folder beside the old one and keeps what stood before.
"""

from .adoption import adopt
from .comparison import Difference, compare
from .original import Original, read_original

__all__ = ["Difference", "Original", "adopt", "compare", "read_original"]
