#!/usr/bin/env bash
# newspaper4k 0.9.6: a day in the address wins over the publish time that the page states, whatever that says.
#
# Expected: article:published_time, with hour and offset, says more than /2026/11/12/, and is right where an address was
# kept and the story published later.
# Seen: with the day in the address the publish date is its midnight without a zone: the hour and +08:00 are lost, and
# where address and page say different days, the address is believed. Without a day in the address the time is read well.
# So: dates of one outlet may be of two kinds, naive midnights and times with an offset, which do not compare.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check newspaper4k==0.9.6 lxml_html_clean==0.4.6

cat > "$dir/try.py" <<'PYTHON'
import newspaper

HEAD = '<title>Panen raya</title><meta property="article:published_time" content="2026-11-12T21:30:00+08:00">'
BODY = "<p>Petani di Sembalun memanen bawang putih sejak pekan lalu dan menjualnya ke pasar induk.</p>" * 6
PAGE = f"<html lang='id'><head>{HEAD}</head><body><article><h1>Panen raya</h1>{BODY}</article></body></html>"
for path in ("/berita/panen-raya", "/2026/11/12/panen-raya", "/2026/11/14/panen-raya"):
    article = newspaper.Article(f"https://koran.example{path}", language="id")
    article.download(input_html=PAGE)
    article.parse()
    print(path, article.publish_date.isoformat())
PYTHON

cat > "$dir/seen" <<'SEEN'
/berita/panen-raya 2026-11-12T21:30:00+08:00
/2026/11/12/panen-raya 2026-11-12T00:00:00
/2026/11/14/panen-raya 2026-11-14T00:00:00
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: newspaper-day-of-the-address"
