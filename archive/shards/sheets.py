"""The datasheet of an export over several shards, made from those of its parts: counts add up, outlets stand together.

Each shard is named with the head of its hash chain at the moment that it was read, so that the export can be cited and
every record held against the archive that it came from.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from archive.shards.apart import check_apart

Sheet = Mapping[str, Any]  # as archive.export.datasheet.datasheet() returns it


def merge_sheets(names: Sequence[str], sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the datasheet of the whole; *names* are those of the shards that *sheets* are of, at least one.

    Raises UsageError for an outlet of which two shards gave records.
    """
    first = sheets[0]
    shards = check_apart(names, [list(sheet["outlets"]) for sheet in sheets])
    outlets = {slug: outlet for sheet in sheets for slug, outlet in sheet["outlets"].items()}
    return {
        "made_at": first["made_at"],
        "filters": first["filters"],
        "archive": {
            name: sum(sheet["archive"][name] for sheet in sheets) for name in ("articles", "captures", "chain_links")
        },
        "shards": [{"shard": name} | sheet["archive"] for name, sheet in zip(names, sheets, strict=True)],
        "software": first["software"],
        "tables": {name: _merged([sheet["tables"][name] for sheet in sheets]) for name in first["tables"]},
        "outlets": {slug: outlets[slug] | {"shard": shards[slug]} for slug in sorted(outlets)},
    }


def _merged(tables: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    outlets = {slug: told for table in tables for slug, told in table["outlets"].items()}
    return {
        "records": sum(table["records"] for table in tables),
        "outlets": {slug: outlets[slug] for slug in sorted(outlets)},
        "columns": tables[0]["columns"],
    }
