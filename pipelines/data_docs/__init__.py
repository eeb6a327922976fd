"""Data Docs that work offline: pages of Great Expectations that ask nothing of any other machine when opened.

Great Expectations' own pages load styles, scripts and fonts from six public hosts, and a logo that carries the
project's identity. These carry all they need. Folder `vendor` holds what is not ours, with its licence.
"""

from __future__ import annotations

from typing import Any

SITE = "exportgate"
FOLDER = "uncommitted/data_docs/exportgate/"


def site(folder: str = FOLDER) -> dict[str, Any]:
    """Return the configuration of an offline Data Docs site, kept in `folder` (seen from the project's gx folder)."""
    page = {"module_name": f"{__name__}.views", "class_name": "OfflinePageView"}
    index = {"module_name": f"{__name__}.views", "class_name": "OfflineIndexView"}
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": folder},
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder", "view": index},
        "site_section_builders": {
            "expectations": _section("expectations_store", "ExpectationSuitePageRenderer", page),
            "validations": _section("validation_results_store", "ValidationResultsPageRenderer", page),
        },
    }


def add_site(context: Any, folder: str = FOLDER, *, alone: bool = False) -> str:
    """Give a file context the offline site, in place of the others when `alone`, and return its name."""
    for name in [name for name in context.get_site_names() if alone and name != SITE]:
        context.delete_data_docs_site(site_name=name)
    if SITE not in context.get_site_names():
        context.add_data_docs_site(site_name=SITE, site_config=site(folder))
    return SITE


def _section(store: str, renderer: str, view: dict[str, str]) -> dict[str, Any]:
    return {
        "class_name": "DefaultSiteSectionBuilder",
        "source_store_name": store,
        "view": view,
        "renderer": {"class_name": renderer},
    }
