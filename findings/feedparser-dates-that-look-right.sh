#!/usr/bin/env bash
# feedparser 6.0.14: forms of dates that it takes for another date, without a word.
#
# Expected: None for what it does not know, as for an Indonesian weekday (`Sen, 14 Jul 2025`).
# Seen: an ISO 8601 week date (`2025-W33-4`, a Thursday in August) becomes 1 November; a basic ISO time (`20250814T100000Z`) loses
# its hour; seconds since 1970 (`1755136800`) become a day in the year 1755. `bozo` is not set.
# So: a date of a feed is believed only where its string has a form that we know.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check feedparser==6.0.14

cat > "$dir/try.py" <<'PYTHON'
import feedparser

ITEM = "<item><title>Berita</title><link>https://koran.example/berita</link><pubDate>{}</pubDate></item>"
FEED = '<rss version="2.0"><channel><title>Koran</title>{}</channel></rss>'
for date in ("Thu, 14 Aug 2025 10:00:00 +0000", "Sen, 14 Jul 2025 10:00:00 +0800", "2025-W33-4", "20250814T100000Z", "1755136800"):
    feed = feedparser.parse(FEED.format(ITEM.format(date)).encode())
    read = feed.entries[0].get("published_parsed")
    print(date, "->", read and "{}-{:02}-{:02} {:02}:{:02}".format(*read), f"bozo={int(feed.bozo)}")
PYTHON

cat > "$dir/seen" <<'SEEN'
Thu, 14 Aug 2025 10:00:00 +0000 -> 2025-08-14 10:00 bozo=0
Sen, 14 Jul 2025 10:00:00 +0800 -> None bozo=0
2025-W33-4 -> 2025-11-01 00:00 bozo=0
20250814T100000Z -> 2025-08-14 00:00 bozo=0
1755136800 -> 1755-05-16 00:00 bozo=0
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: feedparser-dates-that-look-right"
