#!/usr/bin/env bash
# har2warc 1.0.4: the offset of a HAR file's times is cut off, and a Z put in its place.
#
# Expected: HAR 1.2 gives startedDateTime in ISO 8601 with the offset (Firefox writes that of the computer, Chrome Z);
# WARC-Date is UTC. So 21:30 at +08:00 becomes 13:30Z, as the same moment written with Z does.
# Seen: it becomes 21:30Z, eight hours late, and 05:00 at +08:00 gets another day; no warning.
# So: pages saved with Firefox in Mataram and turned into WARC seem to be seen eight hours after they were, in an index
# beside captures of a crawler in the wrong order; set TZ=UTC for the browser, or rewrite the times before.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check har2warc==1.0.4 warcio==1.8.1

cat > "$dir/try.py" <<'PYTHON'
import json

from har2warc.har2warc import har2warc
from warcio.archiveiterator import ArchiveIterator


def entry(time: str) -> dict:
    """One visit at that time, as a browser's network panel saves it."""
    sides = {"httpVersion": "HTTP/1.1", "headers": [], "cookies": [], "headersSize": -1, "bodySize": -1}
    text = "<h1>Panen raya</h1>"
    return {
        "pageref": "page_1",
        "startedDateTime": time,
        "time": 10,
        "request": {**sides, "method": "GET", "url": "https://koran.example/panen", "queryString": []},
        "response": {
            **sides,
            "status": 200,
            "statusText": "OK",
            "redirectURL": "",
            "content": {"mimeType": "text/html", "size": len(text), "text": text},
        },
        "cache": {},
        "timings": {"send": 1, "wait": 8, "receive": 1},
    }


for time in ("2026-11-12T13:30:00.000Z", "2026-11-12T21:30:00.000+08:00", "2026-11-12T05:00:00.000+08:00"):
    page = {"startedDateTime": time, "id": "page_1", "title": "Panen", "pageTimings": {}}
    creator = {"name": "contoh", "version": "1"}
    log = {"version": "1.2", "creator": creator, "pages": [page], "entries": [entry(time)]}
    with open("visit.har", "w") as har:
        json.dump({"log": log}, har)
    har2warc("visit.har", "visit.warc.gz")
    with open("visit.warc.gz", "rb") as warc:
        dates = [r.rec_headers["WARC-Date"] for r in ArchiveIterator(warc) if r.rec_type == "response"]
    print(time, "->", *dates)
PYTHON

cat > "$dir/seen" <<'SEEN'
2026-11-12T13:30:00.000Z -> 2026-11-12T13:30:00Z
2026-11-12T21:30:00.000+08:00 -> 2026-11-12T21:30:00Z
2026-11-12T05:00:00.000+08:00 -> 2026-11-12T05:00:00Z
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: har2warc-hours-of-firefox"
