#!/usr/bin/env bash
# sqlite-utils 4.2.1: a table of FTS5's vocabulary is taken for a full-text index, so that rebuild-fts ends with an error.
#
# Expected: detect_fts() is None for a table made USING fts5vocab, which only shows the words of an index; rebuild-fts without a
# table's name rebuilds the indexes there are, and enable-fts' own are all it meets.
# Seen: detect_fts() gives the vocabulary's own name; rebuild-fts writes to it: "table words may not be modified".
# So: make a vocabulary for the connection only (CREATE VIRTUAL TABLE temp....), or write USING "fts5vocab" in quotation marks.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check sqlite-utils==4.2.1

cat > "$dir/try.py" <<'PYTHON'
import sqlite3

from sqlite_utils import Database

for module in ("fts5vocab", '"fts5vocab"'):
    db = Database(memory=True)
    db["news"].insert({"id": 1, "text": "padi"}, pk="id").enable_fts(["text"])
    db.conn.execute(f"CREATE VIRTUAL TABLE words USING {module} (news_fts, row)")
    print(module, db["news"].detect_fts(), db["words"].detect_fts())
    try:
        for table in db.tables:  # as the command rebuild-fts does
            if table.detect_fts():
                table.rebuild_fts()
        print("rebuilt")
    except sqlite3.OperationalError as error:
        print(error)
PYTHON

cat > "$dir/seen" <<'SEEN'
fts5vocab news_fts words
table words may not be modified
"fts5vocab" news_fts None
rebuilt
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: sqlite-utils-vocabulary-is-no-index"
