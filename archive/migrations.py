"""Bring an archive of any earlier version to the schema of this one, by sqlite-utils' migrations.

The first migration creates the schema of version 1 as it was; each later one changes it. A database that went through
all of them and one that was created from schema.sql today are the same: a test compares them.
"""

import sqlite3
from contextlib import closing

from sqlite_utils import Database, Migrations

from archive.heard import Tell, heard
from archive.version import APPLICATION_ID, SCHEMA, VERSION
from kickcrawl.fields import FIELDS

migrations = Migrations("kickcrawl")


@migrations(transactional=False)  # executescript commits by itself; an empty file has nothing to lose
def v1(db: Database) -> None:
    """Make the tables of the first version."""
    if "outlets" in db.table_names():
        return  # an earlier try made the schema and was stopped before the migration was noted
    db.conn.executescript(f"BEGIN; {SCHEMA.read_text()} COMMIT;")


@migrations()
def v2(db: Database) -> None:
    """Layouts are learned and kept."""
    if "layouts" not in db.table_names():  # an archive that is made today has it from schema.sql
        _add_table(db, "layouts")


@migrations()
def v3(db: Database) -> None:
    """Layouts have foreign boxes, paths of standfirst and scattered paragraphs, and whether they were wrong."""
    for column, nothing in (("strange", "[]"), ("standfirst", "[]"), ("places", "[[],[]]")):
        if column not in db["layouts"].columns_dict:
            db.conn.execute(f"ALTER TABLE layouts ADD COLUMN {column} TEXT NOT NULL DEFAULT '{nothing}'")
    if "was_wrong" not in db["layouts"].columns_dict:
        db.conn.execute("ALTER TABLE layouts ADD COLUMN was_wrong INTEGER NOT NULL DEFAULT 0")


@migrations()
def v4(db: Database) -> None:
    """The full-text index is declared so that Datasette and sqlite-utils find it: ``_search`` gave all rows before."""
    if 'content="articles"' in db["articles_fts"].schema:
        return
    db.conn.execute("DROP TABLE articles_fts")
    for when in ("insert", "delete", "update"):
        db.conn.execute(f"DROP TRIGGER articles_fts_{when}")
    _make(db, "name = 'articles_fts' OR name LIKE 'articles_fts_%' AND type = 'trigger'")
    db.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")


@migrations()
def v5(db: Database) -> None:
    """What the parameters of an outlet's addresses mean is learned and kept."""
    if "parameters" not in db.table_names():
        _add_table(db, "parameters")


@migrations()
def v6(db: Database) -> None:
    """Bad answers are doubted: the frontier notes what an address answered, and on how many days."""
    for column in ("doubt", "doubt_digest", "doubts", "doubted_at", "dropped_at"):
        add_column(db, "frontier", column)
    add_column(db, "outlets", "readers")
    _make(db, "name = 'frontier_by_doubt'")


@migrations()
def v7(db: Database) -> None:
    """What seeds say of times of change is kept for each of them, with how far it was found true."""
    for table, columns in (
        ("frontier", ("modified_until", "address_day")),
        ("frontier_seeds", ("modified_at", "modified_until", "false_alarms")),
        ("seeds", ("lastmod", "children")),
    ):
        for column in columns:
            add_column(db, table, column)


@migrations()
def v9(db: Database) -> None:
    """A run tells what became of each address that its seeds named."""
    add_column(db, "runs", "addresses")


@migrations()
def v10(db: Database) -> None:
    """Of each article it is kept how much of its pages was read, and what was left out."""
    for column in ("read_share", "left_out", "pages_missing"):
        add_column(db, "articles", column)


@migrations()
def v11(db: Database) -> None:
    """One full-text index is enough: forms of a word are found among the words that it has."""
    db.conn.execute("DROP TABLE IF EXISTS articles_stems")
    for when in ("delete", "update"):
        db.conn.execute(f"DROP TRIGGER IF EXISTS articles_stems_{when}")


@migrations()
def v12(db: Database) -> None:
    """What is counted or listed often is read from indexes, where the texts are not."""
    _make(db, "name IN ('articles_by_facet', 'articles_revised', 'articles_gone', 'articles_disputed')")


@migrations()
def v13(db: Database) -> None:
    """Revisions stand in the order of writing: the step that keeps each text once writes them so."""


@migrations()
def v14(db: Database) -> None:
    """How much each author, tag and month has is kept, and articles are sorted by their words from an index."""
    _make(db, "name = 'articles_by_words'")
    if "articles_counts" in db.table_names():
        return
    _make(db, "name = 'articles_named' OR name LIKE 'articles\\_counts%' ESCAPE '\\'")
    db.conn.execute(
        "INSERT INTO articles_counts (kind, name, outlet, articles, words, first, last) "
        "SELECT kind, name, outlet, count(*), sum(words), min(day), max(day) FROM articles_named GROUP BY 1, 2, 3"
    )


@migrations()
def v15(db: Database) -> None:
    """What a run stored, and which articles lack pages, is found without reading all revisions and candidates."""
    _make(db, "name = 'frontier_remarked'")


@migrations()
def v16(db: Database) -> None:
    """Counts of sections are kept, and the first and last day of a name are found without reading all of an outlet."""
    # The third is as it was: of two that would do SQLite takes the younger one, and it is narrower than the first.
    for index in ("articles_by_outlet", "articles_by_facet", "articles_by_native_id"):
        db.conn.execute(f"DROP INDEX IF EXISTS {index}")
        _make(db, f"name = '{index}'")
    if "'section'" in db["articles_counts"].schema:
        return
    for when in ("insert", "delete", "leave", "join"):
        db.conn.execute(f"DROP TRIGGER IF EXISTS articles_counts_{when}")
    db.conn.execute("DROP VIEW IF EXISTS articles_named")  # archives of before it have none, and other triggers
    db.conn.execute("ALTER TABLE articles_counts RENAME TO counts_before")
    _make(db, "name = 'articles_named' OR name LIKE 'articles\\_counts%' ESCAPE '\\'")
    db.conn.execute("INSERT INTO articles_counts SELECT * FROM counts_before")
    db.conn.execute("DROP TABLE counts_before")
    db.conn.execute(
        "INSERT INTO articles_counts (kind, name, outlet, articles, words) "
        "SELECT kind, name, outlet, count(*), sum(words) FROM articles_named WHERE kind = 'section' GROUP BY 1, 2, 3"
    )


@migrations()
def v17(db: Database) -> None:
    """Alerts are kept, with what each target was told of them, and what crawls observe beside articles."""
    for table in ("alerts", "alert_notices", "observations"):
        if table not in db.table_names():
            _add_table(db, table)


@migrations()
def v18(db: Database) -> None:
    """It is kept for which days each seed told what was published, what it counts, and what it names no more."""
    add_column(db, "frontier_seeds", "dropped_at")
    for column in ("total", "unnamed", "years", "counted_at"):
        add_column(db, "seeds", column)
    if "reaches" not in db.table_names():
        _add_table(db, "reaches")
        db.conn.execute(_REACHES_BEFORE)


@migrations()
def v19(db: Database) -> None:
    """Captures may come from web archives, and what was asked for of an outlet's past is kept."""
    add_column(db, "captures", "source")
    add_column(db, "articles", "source")
    for table in ("backfills", "backfill_captures"):
        if table not in db.table_names():
            _add_table(db, table)


@migrations()
def v20(db: Database) -> None:
    """What pages and files of a site say of rights is kept, with its time and capture."""
    if "rights" not in db.table_names():
        _add_table(db, "rights")


@migrations()
def v22(db: Database) -> None:
    """Texts that stood with article and revision are kept once; what becomes free is filled by what is stored later."""
    if "revisions_kept" in db.table_names():
        return
    _make(db, "name = 'revisions_kept'")
    # Until version 13 they stood in a tree of hashed keys, where two thirds of the pages were empty.
    is_by_keys = "WITHOUT ROWID" in db["revisions"].schema
    columns = list(db["revisions_kept"].columns_dict)
    values = (_TEXT_OF_ITS_OWN if name == "text" else f"r.{name}" for name in columns)
    db.conn.execute(
        f"INSERT INTO revisions_kept ({', '.join(columns)}) SELECT {', '.join(values)} FROM revisions r "
        f"ORDER BY {'r.recorded_at, r.article_id, r.number' if is_by_keys else 'r.rowid'}"
    )
    db.conn.execute("DROP TABLE revisions")
    _make(db, "name LIKE 'revisions%' AND type <> 'table'")


@migrations()
def v23(db: Database) -> None:
    """Articles of an author or section are found by an index; a revision updates only the counts that it changes."""
    _make(db, "name IN ('articles_by_authors', 'articles_by_sections')")
    for when in ("delete", "leave"):
        db.conn.execute(f"DROP TRIGGER articles_counts_{when}")
        _make(db, f"name = 'articles_counts_{when}'")


def add_column(db: Database, table: str, column: str) -> None:
    """Add the *column* that schema.sql has to a *table* of an archive made before; nothing if it is there.

    Existing rows get its default, so a column without one must allow NULL.
    """
    if column in db[table].columns_dict:
        return
    today = Database(memory=True)
    today.conn.executescript(SCHEMA.read_text())
    info = 'SELECT type, "notnull", dflt_value FROM pragma_table_info(?) WHERE name = ?'
    kind, is_required, default = today.conn.execute(info, [table, column]).fetchone()
    required = " NOT NULL" if is_required else ""
    stated = f" DEFAULT {default}" if default is not None else ""
    db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}{required}{stated}")


def _add_field(column: str) -> None:
    """Register the migration for a field of articles that was added later; its name may never change."""

    @migrations(name=f"field {column}")
    def add_field(db: Database) -> None:
        add_column(db, "articles", column)


def _add_table(db: Database, table: str) -> None:
    """Make *table* and its indexes as schema.sql has them."""
    _make(db, f"tbl_name = '{table}'")


def _make(db: Database, condition: str) -> None:
    """Make the tables, indexes and triggers that meet *condition*, as schema.sql has them; no index that is there."""
    for statement in _statements(condition):
        db.conn.execute(statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS"))


def _statements(condition: str) -> list[str]:
    """Return what schema.sql says of the tables, indexes and triggers that meet *condition*, tables first.

    In its order: of two indexes that would do SQLite takes the younger one.
    """
    with closing(sqlite3.connect(":memory:")) as today:
        today.executescript(SCHEMA.read_text())
        rows = today.execute(
            f"SELECT sql FROM sqlite_master WHERE ({condition}) AND sql IS NOT NULL "
            "ORDER BY type = 'trigger', type = 'index', rowid"
        )
        return [statement for (statement,) in rows]


for _field in FIELDS:
    if _field.is_added:
        _add_field(_field.name)


_TEXT_OF_ITS_OWN = "nullif(r.text, (SELECT a.text FROM articles a WHERE a.id = r.article_id))"
# Earlier runs that asked for everything noted whether a seed that lists all articles was read to its end.
_REACHES_BEFORE = """
    INSERT INTO reaches (outlet, seed, since, until)
    SELECT r.outlet, s.value ->> 'seed', '', max(r.started_at) FROM runs r JOIN json_each(r.seeds) s
    WHERE s.value ->> 'covers' = 1 AND s.value ->> 'seed' NOT IN ('feed', 'listing', 'related') AND NOT EXISTS (
        SELECT 1 FROM json_each(r.arguments) a WHERE a.key IN ('since', 'until', 'limit')
    ) GROUP BY 1, 2
"""


def migrate(db: Database, tell: Tell = lambda _: None) -> None:
    """Apply what is missing; sets ``user_version`` to VERSION. Call with lock_schema() held.

    Each migration is a transaction: killed in it, the archive is as it was before that one, and the next call goes on
    from there. *tell* hears of each before it begins, and every archive.heard.TELL_EVERY seconds while it lasts.
    """
    # First, so that a half-made archive is not taken for another program's database.
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    pending = migrations.pending(db)
    for at, migration in enumerate(pending, 1):
        step = f"step {at} of {len(pending)}"
        tell(f"{step}: {(migration.fn.__doc__ or migration.name).strip()}")
        with heard(db.conn, tell, step):
            migrations.apply(db, stop_before=[later.name for later in pending[at:]])
    db.conn.execute(f"PRAGMA user_version = {VERSION}")
