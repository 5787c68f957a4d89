#!/usr/bin/env bash
# cdx_toolkit 0.9.39: a range of ten days asks every index of Common Crawl there is, though the code to choose the right ones is there.
#
# Expected: its README says that monthly indexes are chosen by the range of dates, and that without one the last year's are asked; the
# function that does so, called by itself, names three indexes for these ten days.
# Seen: iter() and get() ask all of them, from the newest back to 2013, each with the same range. Both set the parameter `crawl` to None,
# and the function takes the mere presence of that parameter for a choice of crawls, then None for all crawls. Without dates
# it is the same. The captures are right, but at the second between two requests that the tool keeps, an answer takes minutes.
# An open issue of cdx_toolkit is about ranges that end before they begin, others about single indexes; none was found about this.
# So: name the crawls (crawl="CC-MAIN-2026"), which is heeded.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check cdx_toolkit==0.9.39

cat > "$dir/try.py" <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import cdx_toolkit
from cdx_toolkit.commoncrawl import filter_cc_endpoints

NAMES = [f"CC-MAIN-{year}-{week:02}" for year in range(2013, 2027) for week in (5, 14, 23, 31, 40, 49)]
TEN_DAYS = {"from_ts": "20260201", "to": "20260210"}
asked = []


class Indexes(BaseHTTPRequestHandler):
    """The list of 84 indexes, each of which has one page and no capture, as a server of pywb says it."""

    def do_GET(self):
        address = urlsplit(self.path)
        if address.path == "/collinfo.json":
            return self.answer(200, [{"cdx-api": f"{mirror}/{name}-index"} for name in NAMES])
        if parse_qs(address.query).get("page", ["0"]) != ["0"]:
            return self.answer(400, {"message": "Page invalid"})
        asked.append(address.path.removesuffix("-index")[1:])
        return self.answer(404, {"message": "No Captures found"})

    def answer(self, status, told):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Indexes)
mirror = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()
for name, crawl, dates in (("ten days", None, TEN_DAYS), ("no dates", None, {}), ("crawls named", ["CC-MAIN-2026"], {})):
    for method in ("iter", "get"):
        asked.clear()
        list(getattr(cdx_toolkit.CDXFetcher(source="cc", cc_mirror=mirror, crawl=crawl), method)("koran.example/*", **dates))
        print(f"{name}, {method}:", len(asked), "indexes, from", asked[0], "to", asked[-1])
print("chosen for ten days:", *filter_cc_endpoints([f"{name}-index" for name in NAMES], "mixed", dict(TEN_DAYS)))
server.shutdown()
PYTHON

cat > "$dir/seen" <<'SEEN'
ten days, iter: 84 indexes, from CC-MAIN-2026-49 to CC-MAIN-2013-05
ten days, get: 84 indexes, from CC-MAIN-2026-49 to CC-MAIN-2013-05
no dates, iter: 84 indexes, from CC-MAIN-2026-49 to CC-MAIN-2013-05
no dates, get: 84 indexes, from CC-MAIN-2026-49 to CC-MAIN-2013-05
crawls named, iter: 6 indexes, from CC-MAIN-2026-49 to CC-MAIN-2026-05
crawls named, get: 6 indexes, from CC-MAIN-2026-49 to CC-MAIN-2026-05
chosen for ten days: CC-MAIN-2026-14-index CC-MAIN-2026-05-index CC-MAIN-2025-49-index
SEEN

cd "$dir"
export CDXT_CACHE_DIR="$dir/cache/" CDXT_DEFAULT_MIN_RETRY_INTERVAL=0
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: cdx-toolkit-asks-every-index"
