#!/usr/bin/env bash
# pyarrow 26.0.1, DuckDB 2.0.1: the same times are moments when read of CSV, and hours of nowhere when read of JSON lines.
#
# Expected: one library takes "2026-11-12T21:30:00+08:00" for the same value in both forms; where some times have an offset and
# some have none, it keeps the words, as its CSV reader does.
# Seen: read_csv gives timestamps of zone UTC; read_json computes the same UTC hours, but of no zone, and puts times that never had
# one beside them, eight hours off for good, without a word. Parquet keeps that difference: where DuckDB has a local time zone,
# the same articles of the two files have other days, and no moment of them is equal. A public issue of Polars describes
# its JSON reader as worse (the offset is dropped, not computed); for pyarrow none was found.
# So: give read_json a schema in which times are strings, and convert them yourself; or export them as UTC with a Z only.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyarrow==26.0.1 duckdb==2.0.1

cat > "$dir/try.py" <<'PYTHON'
import io
import json

import duckdb
from pyarrow import csv, parquet
from pyarrow import json as lines

OFFSETS = ["2026-11-12T21:30:00+08:00", "2026-11-13T05:00:00+08:00"]
MIXED = ["2026-11-12T21:30:00+08:00", "2026-11-12T21:30:00"]
for name, times in (("offsets", OFFSETS), ("mixed", MIXED)):
    rows = [{"id": number, "published": time} for number, time in enumerate(times)]
    text = "id,published\n" + "".join(f"{row['id']},{row['published']}\n" for row in rows)
    tables = {
        "csv": csv.read_csv(io.BytesIO(text.encode())),
        "json": lines.read_json(io.BytesIO("".join(json.dumps(row) + "\n" for row in rows).encode())),
    }
    for form, table in tables.items():
        print(name, form, table["published"].type, *map(str, table["published"].to_pylist()), sep="  ")
        parquet.write_table(table, f"{name}-{form}.parquet")
base = duckdb.connect()
base.execute("SET TimeZone = 'Asia/Makassar'")
for form in ("csv", "json"):
    print(form, *base.sql(f"SELECT strftime(published, '%d %H:%M') FROM 'offsets-{form}.parquet' ORDER BY id").fetchall())
print("equal:", *base.sql("SELECT count(*) FROM 'offsets-csv.parquet' a JOIN 'offsets-json.parquet' b USING (id, published)").fetchall())
PYTHON

cat > "$dir/seen" <<'SEEN'
offsets  csv  timestamp[s, tz=UTC]  2026-11-12 13:30:00+00:00  2026-11-12 21:00:00+00:00
offsets  json  timestamp[s]  2026-11-12 13:30:00  2026-11-12 21:00:00
mixed  csv  string  2026-11-12T21:30:00+08:00  2026-11-12T21:30:00
mixed  json  timestamp[s]  2026-11-12 13:30:00  2026-11-12 21:30:00
csv ('12 21:30',) ('13 05:00',)
json ('12 13:30',) ('12 21:00',)
equal: (0,)
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: pyarrow-json-forgets-the-zone"
