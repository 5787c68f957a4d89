#!/usr/bin/env bash
# ultimate-sitemap-parser 1.8.1: the zones of Indonesia are dropped, and times with and without zone are mixed.
#
# Expected: "09:00 WITA" and "09:00 WIB" (UTC+8, UTC+7, as feeds of the country write them) are an hour apart, or of
# unknown time; all times of one answer can be compared.
# Seen: both are 09:00 without a zone, equal and of no known moment, while "09:00 +0800" of the next item has one:
# sorting the stories by their time raises TypeError.
# So: names of zones must be replaced by offsets before such a feed is parsed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check ultimate-sitemap-parser==1.8.1

cat > "$dir/try.py" <<'PYTHON'
from usp.tree import sitemap_from_str

TIMES = ("09:00:00 WIB", "09:00:00 WITA", "09:00:00 +0800", "09:00:00 GMT")
ITEMS = "".join(
    f"<item><link>https://koran.example/{number}</link><title>Panen</title><pubDate>Thu, 12 Nov 2026 {time}</pubDate></item>"
    for number, time in enumerate(TIMES)
)
feed = sitemap_from_str(f'<?xml version="1.0"?><rss version="2.0"><channel><title>Koran</title>{ITEMS}</channel></rss>')
times = [page.news_story.publish_date for page in feed.all_pages()]
for told, time in zip(TIMES, times):
    print(told, "->", time.isoformat())
try:
    sorted(times)
except TypeError as error:
    print(error)
PYTHON

cat > "$dir/seen" <<'SEEN'
09:00:00 WIB -> 2026-11-12T09:00:00
09:00:00 WITA -> 2026-11-12T09:00:00
09:00:00 +0800 -> 2026-11-12T09:00:00+08:00
09:00:00 GMT -> 2026-11-12T09:00:00+00:00
can't compare offset-naive and offset-aware datetimes
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py 2>/dev/null | diff "$dir/seen" - && echo "as it was: usp-zones-of-indonesia"
