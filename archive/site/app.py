"""Put the site together: Datasette on one archive, read-only, with our metadata, pages, templates and limits."""

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from datasette.app import Datasette
from datasette.plugins import pm

from archive.frozen import is_frozen
from archive.site import (
    above,
    again,
    capture_page,
    cells,
    coverage_page,
    earlier,
    filters,
    headers,
    limits,
    list_facets,
    memento,
    mistakes,
    pages,
    phrases,
    picture,
    replay_page,
    search_page,
    visitor,
    whole_csv,
)
from archive.site.above import Above
from archive.site.asking import DATABASE
from archive.site.glossary import read_schema
from archive.site.known_counts import CountingDatabase
from archive.site.prefix import beneath
from archive.site.stored_revisions import TABLE, VIEW
from archive.site.words import ENGLISH

HERE = Path(__file__).parent
PLUGINS: Mapping[str, ModuleType] = {
    "kickcrawl.again": again,  # the first is the outermost
    "kickcrawl.headers": headers,
    "kickcrawl.pages": pages,
    "kickcrawl.search": search_page,
    "kickcrawl.coverage": coverage_page,
    "kickcrawl.replay": replay_page,
    "kickcrawl.captures": capture_page,
    "kickcrawl.memento": memento,
    "kickcrawl.picture": picture,
    "kickcrawl.mistakes": mistakes,
    "kickcrawl.filters": filters,
    "kickcrawl.list_facets": list_facets,
    "kickcrawl.cells": cells,
    "kickcrawl.whole_csv": whole_csv,
    "kickcrawl.limits": limits,
    "kickcrawl.earlier": earlier,
    "kickcrawl.above": above,
    "kickcrawl.phrases": phrases,
    "kickcrawl.visitor": visitor,
}
HIDDEN = (  # nothing in them for visitors
    *("near_keys", "near_sketches", "articles_counts", "_sqlite_migrations"),
    *("alert_notices", "observations"),
)


def site(archive: Path, base: str = "/") -> Any:
    """Return the ASGI application that serves *archive* (one of ours: see open_archive()) under the path *base*."""
    return beneath(base, datasette_of(archive, base).app())


def datasette_of(archive: Path, base: str, above: Above | None = None) -> Datasette:
    """Return Datasette on *archive*, *above* which a joint site stands, or none."""
    register_plugins()
    datasette = Datasette([str(archive)], **options(base, metadata() | (above.told() if above else {})))
    # Datasette names a database after its file; our pages and links need one name for any.
    datasette.remove_database(archive.stem)
    database = CountingDatabase(datasette, path=str(archive), is_mutable=not is_frozen(archive))
    datasette.add_database(database, name=DATABASE)
    return datasette


def options(base: str, told: dict[str, Any]) -> dict[str, Any]:
    """Return how Datasette is to be made for the path *base*, with the metadata *told*."""
    return {
        "metadata": told,
        "settings": {**limits.SETTINGS, "base_url": base},
        "template_dir": str(HERE / "templates"),
        "static_mounts": static_folders(),
    }


def static_folders() -> list[tuple[str, str]]:
    """Return the folders whose files are served, by the names that they have in addresses."""
    folders = {"static": HERE / "static"} | ({"replay": replay_page.COMPONENT} if replay_page.can_replay() else {})
    return [(name, str(folder)) for name, folder in folders.items()]


def register_plugins() -> None:
    """Make our plugins known to Datasette, once for each process, in the place of its own error pages."""
    for name, plugin in PLUGINS.items():
        if not pm.has_plugin(name):
            pm.register(plugin, name=name)
    # It prints a traceback with all local values for every missing page; mistakes.handle_exception() answers instead.
    pm.set_blocked("datasette.handle_exception")
    # Its search knows neither our query language nor other forms of a word; filters.py has the rest of it.
    pm.set_blocked("datasette.filters")
    pm.set_blocked("datasette.facets")  # each facet seeks the articles of a list anew: list_facets.py has all of them
    filters.search_lists_as_text()
    limits.bound_work()


def metadata() -> dict[str, Any]:
    """Return metadata.yaml with the schema's own words on tables and columns, and the titles of questions, added."""
    found: dict[str, Any] = yaml.safe_load((HERE / "metadata.yaml").read_text(encoding="utf-8"))
    for name, question in found["databases"][DATABASE]["queries"].items():
        question |= {key: str(said.unescape()) for key, said in ENGLISH["questions"][name].items()}
    tables = found["databases"][DATABASE]["tables"]
    for table in read_schema((HERE.parent / "schema.sql").read_text(encoding="utf-8")):
        described = {"description": f"{table.holds[:1].upper()}{table.holds[1:]}.", "columns": table.columns}
        name = VIEW if table.name == TABLE else table.name
        tables[name] = described | tables.get(name, {})
    for name in HIDDEN:
        tables.setdefault(name, {})["hidden"] = True
    for name in ("articles_named", TABLE):  # which Datasette cannot hide; the triggers read the one, VIEW the other
        tables[name] = {"allow": False}
    return found
