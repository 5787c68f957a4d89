"""Put the site together: Datasette on one archive, read-only, with our metadata, pages, templates and limits."""

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from archive.frozen import is_frozen
from archive.site import cells, filters, headers, limits, mistakes, pages, picture
from archive.site.glossary import read_schema

HERE = Path(__file__).parent
PLUGINS: Mapping[str, ModuleType] = {
    "kickcrawl.headers": headers,
    "kickcrawl.pages": pages,
    "kickcrawl.picture": picture,
    "kickcrawl.mistakes": mistakes,
    "kickcrawl.filters": filters,
    "kickcrawl.cells": cells,
    "kickcrawl.limits": limits,
}
HIDDEN = ("near_keys", "near_sketches", "_sqlite_migrations")  # nothing in them for people


def site(archive: Path) -> Any:
    """Return the ASGI application that serves *archive*, which must be one: see open_archive()."""
    register_plugins()
    datasette = Datasette(
        [str(archive)],
        metadata=metadata(),
        settings=limits.SETTINGS,
        template_dir=str(HERE / "templates"),
        static_mounts=[("static", str(HERE / "static"))],
    )
    # Datasette names a database after its file; our pages and links need one name for any.
    datasette.remove_database(archive.stem)
    database = Database(datasette, path=str(archive), is_mutable=not is_frozen(archive))
    datasette.add_database(database, name=pages.DATABASE)
    return datasette.app()


def register_plugins() -> None:
    """Make our plugins known to Datasette, once for each process, in the place of its own error pages."""
    for name, plugin in PLUGINS.items():
        if not pm.has_plugin(name):
            pm.register(plugin, name=name)
    # It prints a traceback with all local values for every missing page; mistakes.handle_exception() answers instead.
    pm.set_blocked("datasette.handle_exception")


def metadata() -> dict[str, Any]:
    """Return metadata.yaml with the schema's own words on tables and columns added."""
    found: dict[str, Any] = yaml.safe_load((HERE / "metadata.yaml").read_text(encoding="utf-8"))
    tables = found["databases"][pages.DATABASE]["tables"]
    for table in read_schema((HERE.parent / "schema.sql").read_text(encoding="utf-8")):
        described = {"description": f"{table.holds[:1].upper()}{table.holds[1:]}.", "columns": table.columns}
        tables[table.name] = described | tables.get(table.name, {})
    for name in HIDDEN:
        tables.setdefault(name, {})["hidden"] = True
    return found
