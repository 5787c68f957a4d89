"""Leave in a copy of an archive only some outlets, so that questions to several archives count nothing twice.

After outlets were moved to another shard, both archives hold them; each speaks for its own. The copy's chain still
vouches for all that was there: it is for questions, and is never crawled into or given back.
"""

import json
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from archive.database import open_archive


def keep_only(path: Path, outlets: Collection[str]) -> None:
    """Delete all rows of other outlets from the archive at *path*, counts and index included. Raises ArchiveError."""
    with closing(open_archive(path)) as archive:
        archive.write("PRAGMA foreign_keys = OFF")
        with archive.transaction():
            wanted = {"wanted": json.dumps(sorted(outlets))}
            archive.write("DELETE FROM outlets WHERE slug NOT IN (SELECT value FROM json_each(:wanted))", wanted)
            for table in archive.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"):
                for key in archive.rows(f"PRAGMA foreign_key_list({table['name']})"):
                    if key["table"] != table["name"]:  # a revisit may be of a body that another outlet sent
                        column, parent, of = key["from"], key["table"], key["to"]
                        archive.write(f"DELETE FROM {table['name']} WHERE {column} NOT IN (SELECT {of} FROM {parent})")
