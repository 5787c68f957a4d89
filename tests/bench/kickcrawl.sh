#!/bin/bash
# kickcrawl's runner for the benchmark site beside the checkout: crawls all its outlets, known by address only, into a
# new archive, and prints one line of JSON. usage: BENCH_WORK=/tmp/kn-bench compare.py tests/bench/kickcrawl.sh naive_scrapy
set -euo pipefail
cd "$(dirname "$0")/../.."
work=${BENCH_WORK:-/tmp/kn-bench}; mkdir -p "$work/out"
archive=$(mktemp -d "$work/out/kickcrawl.XXXXXX")/archive.db
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
.venv/bin/python - "$work/site/outlets.json" >"$archive.sites" <<'PYTHON'
import json, sys
print(*(outlet["base"] for outlet in json.load(open(sys.argv[1])).values()), sep="\n")
PYTHON
# Six of the publishers whose pages the site copies say noarchive, at which no peer looks; its texts are made up.
.venv/bin/scrapy crawl news -a "url=@$archive.sites" -s "ARCHIVE=$archive" -s DOWNLOAD_DELAY=0 \
    -s CONCURRENT_REQUESTS_PER_DOMAIN=8 -s NOARCHIVE_OBEY=False >&2
.venv/bin/python - "$archive" <<'PYTHON'
import json, os, sqlite3, sys
path = sys.argv[1]
stored, text_bytes = sqlite3.connect(path).execute("SELECT count(*), sum(length(text)) FROM articles").fetchone()
# The day is the newsroom's, as its pages print it.
local = "datetime(published_at, coalesce(published_offset, 0) || ' minutes')"
print(json.dumps({
    "stored": stored, "text_bytes": text_bytes, "out_bytes": os.path.getsize(path), "found": path,
    "sql": f"SELECT url, title, {local} AS date, text FROM articles",
}))
PYTHON
