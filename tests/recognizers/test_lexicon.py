"""The medical lexicon is what its words make: a word added by hand to the one is not lost at the next refresh."""

import importlib.util
from pathlib import Path

import exportgate.recognizers

DATA = Path(exportgate.recognizers.__file__).parent / "data"


def test_the_lexicon_is_what_its_words_make(tmp_path: Path) -> None:
    """Refreshing from the words gives the file that is shipped, byte for byte."""
    for name in ("refresh_terms.py", "medical_words.yaml"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    spec = importlib.util.spec_from_file_location("refresh_terms", tmp_path / "refresh_terms.py")
    assert spec is not None and spec.loader is not None
    refresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(refresh)
    refresh.main()
    assert (tmp_path / "medical_terms.txt").read_bytes() == (DATA / "medical_terms.txt").read_bytes()
