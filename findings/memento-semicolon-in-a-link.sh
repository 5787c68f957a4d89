#!/usr/bin/env bash
# memento-client 0.6.1, pywb 2.10.0: an address with a semicolon in it breaks the Link header that names it.
#
# Expected: RFC 8288 puts the address between < and >, whatever stands in it; RFC 3986 allows ";" in paths and queries. A
# client of Memento (RFC 7089) reads `<https://koran.example/a;b=1>; rel="original"` as that address.
# Seen: both part the header at its semicolons first. memento-client takes what stands before the first, less one letter;
# pywb refuses the whole TimeMap. A comma in an address is read as it should be by both.
# So: an article whose address has a semicolon is not found by these tools, whatever an archive answers; to escape it would
# make another address of it (%3B is not the same as ";").
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check memento-client==0.6.1 pywb==2.10.0

cat > "$dir/try.py" <<'PYTHON'
from memento_client import MementoClient
from pywb.utils.memento import MementoException, MementoUtils

for address in ("https://koran.example/a,b", "https://koran.example/a;b=1"):
    told = f'<{address}>; rel="original", <https://arsip.example/1>; rel="memento"; datetime="Mon, 14 Jul 2025 01:00:00 GMT"'
    print("memento-client:", list(MementoClient.parse_link_header(told)))
    try:
        print("pywb:", MementoUtils.parse_links(told, "timemap")["original"]["url"])
    except MementoException as error:
        print("pywb:", error)
PYTHON

cat > "$dir/seen" <<'SEEN'
memento-client: ['https://koran.example/a,b', 'https://arsip.example/1']
pywb: https://koran.example/a,b
memento-client: ['https://koran.example/', 'https://arsip.example/1']
pywb: Invalid Link Url: <https://koran.example/a
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: memento-semicolon-in-a-link"
