"""Write `sources.h` beside the compiled parts: the digest of the sources, which a library built from them carries.

Run it after touching C: ``make refresh``, or this script alone. A library that was built from other sources
takes its arguments otherwise and would crash; with the digest it is told and left alone.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "recognizers" / "kernel", ROOT / "scanner" / "kernel")
NAME = "sources.h"


def written() -> str:
    """Return what `sources.h` holds: the digest of both folders, whose parts know each other's structures."""
    state = hashlib.blake2b(digest_size=8)
    for file in sorted(file for folder in FOLDERS for file in folder.glob("*.[ch]")):
        if file.name != NAME:
            state.update(file.name.encode() + b"\0" + file.read_text("utf-8").encode() + b"\0")
    return f'/* Written by refresh_sources.py. */\n#define SOURCES "{state.hexdigest()}"\n'


def main() -> None:
    """Write the file in both folders."""
    for folder in FOLDERS:
        (folder / NAME).write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
