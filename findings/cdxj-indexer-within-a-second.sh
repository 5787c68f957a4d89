#!/usr/bin/env bash
# cdxj-indexer 1.5.0: captures within one second are sorted by their digests.
#
# Expected: WARC 1.1 allows fractions of a second in WARC-Date, and --sort keeps captures of one address in the order
# of their times, as the file has them.
# Seen: the key has whole seconds, and --sort compares whole lines, so that the JSON decides: `"url"`, `"mime"`, `"status"` are
# equal, then comes `"digest"`. The state fetched last may come first, and "the latest capture" is one of them by chance.
# So: whoever needs the order within a second must take it from the WARC file, not from the index.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check cdxj-indexer==1.5.0 warcio==1.8.1

cat > "$dir/try.py" <<'PYTHON'
import io
import subprocess

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

with open("a.warc.gz", "wb") as file:
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    for tenth in (1, 5, 9):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        date = {"WARC-Date": f"2025-07-14T10:00:00.{tenth}00000Z"}
        body = io.BytesIO(b"<p>revisi %d</p>" % tenth)
        writer.write_record(writer.create_warc_record("https://koran.example/a", "response", payload=body, http_headers=http, warc_headers_dict=date))
for options in ([], ["--sort"]):
    done = subprocess.run(["cdxj-indexer", *options, "a.warc.gz"], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    order = sorted(range(3), key=lambda at: int(lines[at].split('"offset": "')[1].split('"')[0]))
    print({line.split()[1] for line in lines}, "fetched as number", [order.index(at) + 1 for at in range(3)], *options)
    print("  digests in order:", [line.split("sha1:")[1][:4] for line in lines])
PYTHON

cat > "$dir/seen" <<'SEEN'
{'20250714100000'} fetched as number [1, 2, 3]
  digests in order: ['JJI4', 'IMSQ', 'E6Y3']
{'20250714100000'} fetched as number [3, 2, 1] --sort
  digests in order: ['E6Y3', 'IMSQ', 'JJI4']
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: cdxj-indexer-within-a-second"
