"""docs/entities.md says what the modules say."""

import entities_page

from exportgate.recognizers import pack


def test_the_page_is_made_of_the_modules() -> None:
    page = entities_page.PAGE.read_text(encoding="utf-8")
    assert page == entities_page.render(), "run: python tests/recognizers/entities_page.py"
    assert all(f"| `{name}` |" in page for name in pack.entities())
    assert ">>>" not in page
