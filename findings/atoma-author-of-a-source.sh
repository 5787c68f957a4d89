#!/usr/bin/env bash
# atoma 0.0.17: a story taken over from an agency's feed is credited to the newsroom that took it over.
#
# Expected: RFC 4287, 4.2.1: an entry without authors has those of its atom:source; only where that has none either,
# those of the feed.
# Seen: the entry of another source has the author of the feed it stands in, though its source names one. feedparser
# goes the other way: it gives an entry no author of source or feed at all, and keeps the agency in `source`.
# So: who counts a newsroom's own stories by atoma's `authors` counts the agencies' among them: look at `source` first.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check atoma==0.0.17 feedparser==6.0.14

cat > "$dir/try.py" <<'PYTHON'
import atoma
import feedparser

HEAD = "<title>Koran Lombok</title><id>tag:koran.example,2026:feed</id><updated>2026-11-13T09:00:00+08:00</updated>"
SOURCE = (
    "<source><id>tag:kantor.example,2026:feed</id><title>Kantor Warta</title><updated>2026-11-12T20:00:00+08:00</updated>"
    "<author><name>Kantor Warta</name></author></source>"
)


def entry(number: int, inner: str) -> str:
    """An Atom entry with this inside besides what it must have."""
    fixed = f"<id>tag:koran.example,2026:{number}</id><title>Panen</title><updated>2026-11-12T21:30:00+08:00</updated>"
    return f"<entry>{fixed}<link href='https://koran.example/{number}'/>{inner}</entry>"


ENTRIES = {"own, signed": "<author><name>Sri Wahyuni</name></author>", "own, not signed": "", "of an agency": SOURCE}
feed = (
    f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">{HEAD}'
    f"<author><name>Redaksi Koran Lombok</name></author>"
    f"{''.join(entry(number, inner) for number, inner in enumerate(ENTRIES.values()))}</feed>"
).encode()
for name, one, other in zip(ENTRIES, atoma.parse_atom_bytes(feed).entries, feedparser.parse(feed).entries):
    print(f"{name}: atoma {[author.name for author in one.authors]}, feedparser {other.get('author')}")
PYTHON

cat > "$dir/seen" <<'SEEN'
own, signed: atoma ['Sri Wahyuni'], feedparser Sri Wahyuni
own, not signed: atoma ['Redaksi Koran Lombok'], feedparser None
of an agency: atoma ['Redaksi Koran Lombok'], feedparser None
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: atoma-author-of-a-source"
