"""A real Chromium that looks at pages: console errors, requests to elsewhere, accessibility, pictures.

``python tests/dashboard/browser.py ADDRESS FOLDER [AXE.js]`` goes through every page in both languages, both colour
schemes and both widths.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = (1440, 390)
PAGES = {
    "overview": "/",
    "scenario": "/scenario/retail/membership",
    "approaching": "/scenario/pharma/trial-subjects",
    "exports": "/exports",
    "filings": "/filings",
    "list": "/list",
    "what-if": "/what-if?row=retail%2Fmembership&non_sensitive=640000&sensitive=12000&filed=yes",
}


def program() -> str | None:
    """Return where Chromium is, None when there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def looking(browser: Any, address: str, *, width: int, lang: str, theme: str) -> Iterator[tuple[Any, list[str]]]:
    """Yield a page and the list of what went wrong in it; any request to another place is refused and listed."""
    context = browser.new_context(
        viewport={"width": width, "height": 900 if width > 600 else 844},
        color_scheme=theme,
        locale="zh-CN" if lang == "zh" else "en-GB",
        bypass_csp=False,
    )
    wrong: list[str] = []
    own = urlsplit(address).netloc

    def gate(route: Any) -> None:
        if urlsplit(route.request.url).netloc == own or route.request.url.startswith("data:"):
            route.continue_()
        else:
            wrong.append(f"outside request: {route.request.url}")
            route.abort()

    context.route("**/*", gate)
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        yield page, wrong
    finally:
        context.close()


def accessibility(page: Any, axe: str) -> list[str]:
    """Return axe's findings that are serious or critical."""
    page.evaluate(axe)  # through the debugging protocol: the page's own policy stays in force
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})")
    return [
        f"{one['impact']} {one['id']}: {node['target'][0]} {node.get('failureSummary', '')[:160]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def too_wide(page: Any) -> bool:
    """Say whether a page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def main(address: str, folder: Path, axe: str = "") -> int:
    folder.mkdir(parents=True, exist_ok=True)
    bad = 0
    with chromium() as browser:
        for width in WIDTHS:
            for lang in ("en", "zh"):
                for theme in ("light", "dark"):
                    with looking(browser, address, width=width, lang=lang, theme=theme) as (page, wrong):
                        for name, path in pages(page, address).items():
                            page.goto(address + path)
                            page.wait_for_load_state("networkidle")
                            found = [*wrong, *(accessibility(page, axe) if axe else [])]
                            found += ["scrolls sideways"] * too_wide(page)
                            wrong.clear()
                            bad += len(found)
                            page.screenshot(path=folder / f"{name}-{lang}-{theme}-{width}.png", full_page=True)
                            print(json.dumps({"page": name, "at": [lang, theme, width], "found": found}))
    return bad


def pages(page: Any, address: str) -> dict[str, str]:
    """Return every page, one export's own among them."""
    page.goto(f"{address}/exports?q=members-apac-031")
    link = page.locator("table.exports th a").first
    return {**PAGES, **({"dataset": link.get_attribute("href")} if link.count() else {})}


if __name__ == "__main__":
    script = Path(sys.argv[3]).read_text("utf-8") if len(sys.argv) > 3 else ""
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), script) and 1)
