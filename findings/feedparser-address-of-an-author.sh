#!/usr/bin/env bash
# feedparser 6.0.14: of an author "address (name)", the end of a longer domain becomes the beginning of the name.
#
# Expected: RSS 2.0 has authors as `redaksi@koran.media (Sri Wahyuni)`; address and name are told apart at the parenthesis, however
# long the last part of the domain is.
# Seen: the address ends after four letters of it: `redaksi@koran.medi`, and "a (Sri Wahyuni" is the name, with one parenthesis. An
# address alone leaves a rest that looks like a name ("y" of .today). With .id, .com and .news all is well. `bozo` is not set.
# Public changes of feedparser are about the time its pattern takes; none was found that is about this.
# So: take a name out of the author's own text (entry.author), and only where that has parentheses.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check feedparser==6.0.14

cat > "$dir/try.py" <<'PYTHON'
import feedparser

FEED = (
    '<rss version="2.0"><channel><title>Koran</title><link>https://koran.example/</link><description>Berita</description>'
    "<item><title>Panen raya</title><author>{}</author></item></channel></rss>"
)
for told in ("redaksi@koran.id (Sri Wahyuni)", "redaksi@koran.news (Sri Wahyuni)", "redaksi@koran.media (Sri Wahyuni)", "redaksi@koran.today"):
    feed = feedparser.parse(FEED.format(told).encode())
    entry = feed.entries[0]
    print(told, "->", dict(entry.authors[0]), "author as told:", entry.author == told, f"bozo={int(feed.bozo)}")
PYTHON

cat > "$dir/seen" <<'SEEN'
redaksi@koran.id (Sri Wahyuni) -> {'name': 'Sri Wahyuni', 'email': 'redaksi@koran.id'} author as told: True bozo=0
redaksi@koran.news (Sri Wahyuni) -> {'name': 'Sri Wahyuni', 'email': 'redaksi@koran.news'} author as told: True bozo=0
redaksi@koran.media (Sri Wahyuni) -> {'name': 'a (Sri Wahyuni', 'email': 'redaksi@koran.medi'} author as told: True bozo=0
redaksi@koran.today -> {'name': 'y', 'email': 'redaksi@koran.toda'} author as told: True bozo=0
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: feedparser-address-of-an-author"
