#!/usr/bin/env bash
# extruct 0.18.0: JSON-LD is not found where its type has a parameter or a capital, and one bad script hides all else.
#
# Expected: media types are compared without regard to case and parameters (RFC 2045; JSON-LD registers `profile` for its
# own); a script that is no JSON costs that script.
# Seen: `application/ld+json; charset=utf-8` and `application/LD+JSON` give an empty list, without a word. JSON inside
# an HTML comment, or with a semicolon behind it, raises JSONDecodeError, and microdata and Open Graph are lost with it,
# unless errors="ignore" is given.
# So: look for scripts by the type in small letters up to the semicolon, and read each script by itself.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check extruct==0.18.0

cat > "$dir/try.py" <<'PYTHON'
import extruct

DATA = '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Panen raya"}'
OTHER = '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Panen raya</h1></div>'


def show(name, kind, data):
    page = f'<html><head><script type="{kind}">{data}</script></head><body>{OTHER}</body></html>'
    try:
        found = extruct.extract(page, base_url="https://koran.example/a", syntaxes=["json-ld", "microdata"])
        print(name, {syntax: len(items) for syntax, items in found.items()})
    except ValueError as error:
        print(name, type(error).__name__)


show("as usual:", "application/ld+json", DATA)
show("with a parameter:", "application/ld+json; charset=utf-8", DATA)
show("in capitals:", "application/LD+JSON", DATA)
show("in a comment:", "application/ld+json", f"<!-- {DATA} -->")
show("with a semicolon:", "application/ld+json", f"{DATA};")
PYTHON

cat > "$dir/seen" <<'SEEN'
as usual: {'microdata': 1, 'json-ld': 1}
with a parameter: {'microdata': 1, 'json-ld': 0}
in capitals: {'microdata': 1, 'json-ld': 0}
in a comment: JSONDecodeError
with a semicolon: JSONDecodeError
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: extruct-type-of-json-ld"
