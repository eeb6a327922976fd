"""A real Chromium goes through the pages: no error, nothing from elsewhere, accessible, no sideways scrolling.

Every page is looked at once; languages, colour schemes and widths take turns so that each pair occurs. The whole matrix
is ``python tests/dashboard/browser.py ADDRESS FOLDER AXE.js``.
"""

from __future__ import annotations

from pathlib import Path

import browser
from booked_year import AS_OF, Year
from test_metrics import required, serving

from exportgate.pipelines.dashboard import application
from exportgate.pipelines.dashboard.reading import Reader

WAYS = (("en", "light", 1440), ("zh", "dark", 390), ("en", "dark", 390), ("zh", "light", 1440))


def script() -> str:
    """Return axe-core's script, which axe-playwright-python brings along."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def test_every_page_in_a_real_browser(booked: Year) -> None:
    required("chromium")
    axe, found = script(), []
    app = application(Reader(booked.settings, booked.settings.ledger_url, AS_OF, patience=60))
    with serving(app) as host, browser.chromium() as chromium:
        address = f"http://{host}"
        for at, (lang, theme, width) in enumerate(WAYS):
            with browser.looking(chromium, address, width=width, lang=lang, theme=theme) as (page, wrong):
                for number, (name, path) in enumerate(browser.pages(page, address).items()):
                    if number % 2 != at % 2:
                        continue
                    page.goto(address + path)
                    page.wait_for_load_state("load")
                    assert page.locator("h1").count() == 1
                    said = [*wrong, *browser.accessibility(page, axe)]
                    said += ["scrolls sideways"] * browser.too_wide(page)
                    wrong.clear()
                    found += [(name, lang, theme, width, one) for one in said]
            assert not found


def test_keyboard_reaches_the_content_and_the_chart_answers_the_pointer(booked: Year) -> None:
    required("chromium")
    app = application(Reader(booked.settings, booked.settings.ledger_url, AS_OF, patience=60))
    with serving(app) as host, browser.chromium() as chromium:
        looking = browser.looking(chromium, f"http://{host}", width=1440, lang="en", theme="light")
        with looking as (page, wrong):
            page.goto(f"http://{host}/scenario/retail/membership")
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.className") == "skip"
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "main"
            box = page.locator(".chart.wide svg").bounding_box()
            page.mouse.move(box["x"] + box["width"] / 3, box["y"] + 100)
            assert "members-" in page.locator(".chart.wide .tip").inner_text()
            page.get_by_role("link", name="Colours: dark").click()
            assert page.evaluate("document.documentElement.dataset.theme") == "dark"
            assert page.url.endswith("/scenario/retail/membership")
            assert wrong == []
