#!/usr/bin/env bash
# fastfeedparser 0.6.5: `authors` is a list, and never has more than the first.
#
# Expected: several authors of one story (Atom's author and Dublin Core's creator may be repeated, JSON Feed 1.1 has a
# list of authors) all stand in `authors`, as with feedparser, whose shape of entries it follows.
# Seen: in all three formats the list holds the first author only; no warning. Categories, read from the same places,
# are all kept.
# So: second authors of a regional desk, often the reporter in the village, are missing in counts by author.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check fastfeedparser==0.6.5 feedparser==6.0.14

cat > "$dir/try.py" <<'PYTHON'
import json

import fastfeedparser
import feedparser

NAMES, TOPICS = ("Sri Wahyuni", "Lalu Ahmad"), ("NTB", "panen")
URL, TIME = "https://koran.example/1", "2026-11-12T21:30:00+08:00"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
atom = (
    f'{XML}<feed xmlns="http://www.w3.org/2005/Atom"><id>{URL}</id><title>Koran</title><updated>{TIME}</updated><entry>'
    f'<id>{URL}</id><title>Panen</title><updated>{TIME}</updated><link href="{URL}"/>'
    f"{''.join(f'<author><name>{name}</name></author>' for name in NAMES)}"
    f"{''.join('<category term=%r/>' % topic for topic in TOPICS)}</entry></feed>"
)
rss = (
    f'{XML}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Koran</title><link>{URL}</link>'
    f"<description>Warta</description><item><title>Panen</title><link>{URL}</link>"
    f"{''.join(f'<dc:creator>{name}</dc:creator>' for name in NAMES)}"
    f"{''.join(f'<category>{topic}</category>' for topic in TOPICS)}</item></channel></rss>"
)
item = {"id": URL, "url": URL, "content_text": "Panen", "authors": [{"name": n} for n in NAMES], "tags": TOPICS}
of_json = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Koran", "items": [item]})

for name, feed in (("Atom", atom), ("RSS", rss), ("JSON Feed", of_json)):
    entry = fastfeedparser.parse(feed).entries[0]
    print(name, [author["name"] for author in entry["authors"]], [tag["term"] for tag in entry["tags"]])
for name, feed in (("Atom", atom), ("RSS", rss)):
    print(name, "by feedparser", [author["name"] for author in feedparser.parse(feed).entries[0].authors])
PYTHON

cat > "$dir/seen" <<'SEEN'
Atom ['Sri Wahyuni'] ['NTB', 'panen']
RSS ['Sri Wahyuni'] ['NTB', 'panen']
JSON Feed ['Sri Wahyuni'] ['NTB', 'panen']
Atom by feedparser ['Sri Wahyuni', 'Lalu Ahmad']
RSS by feedparser ['Sri Wahyuni', 'Lalu Ahmad']
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: fastfeedparser-first-author"
