"""Tables of the connection's own: they stand in its temporary database, also where nothing else may be written."""

from collections.abc import Iterator
from contextlib import contextmanager

from archive.database import Archive


@contextmanager
def own_tables(archive: Archive) -> Iterator[None]:
    """Let tables of the schema ``temp`` be made and filled inside, whatever the connection may write otherwise.

    Python begins a transaction before it writes, unless it was told not to, as Datasette does not: it is ended, or the
    connection would show the archive as it is now for ever.
    """
    is_query_only, was_in_transaction = archive.count("PRAGMA query_only"), archive.connection.in_transaction
    archive.write("PRAGMA query_only = OFF")
    try:
        yield
    finally:
        if archive.connection.in_transaction and not was_in_transaction:
            archive.write("COMMIT")
        archive.write(f"PRAGMA query_only = {is_query_only}")
