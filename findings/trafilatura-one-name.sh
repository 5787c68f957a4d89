#!/usr/bin/env bash
# trafilatura 2.3.1: an author with one name is no author, and a degree is one.
#
# Expected: what `<meta name="author">` says, perhaps with other capitals.
# Seen: a name of one word is dropped, though many Indonesians have no other; a title or an abbreviated name loses its full stops, and
# a degree behind a comma becomes a second author.
# So: authors are read from the page itself, not from trafilatura's metadata.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6 lxml==6.1.3 htmldate==1.11.0

cat > "$dir/try.py" <<'PYTHON'
from trafilatura import bare_extraction

TEXT = "<p>Harga beras di Pasar Induk naik lagi pada pekan ini, kata pedagang yang ditemui di lokasi.</p>" * 6
PAGE = '<html><head><title>Harga beras naik</title><meta name="author" content="{}"></head><body><article><h1>Harga beras naik</h1>{}</article></body></html>'
for name in ("Sri Wahyuni", "Sukarno", "Muh. Ali Umar", "Siti Aminah, M.Si"):
    print(name, "->", bare_extraction(PAGE.format(name, TEXT), with_metadata=True, url="https://koran.example/a").author)
PYTHON

cat > "$dir/seen" <<'SEEN'
Sri Wahyuni -> Sri Wahyuni
Sukarno -> None
Muh. Ali Umar -> Muh Ali Umar
Siti Aminah, M.Si -> Siti Aminah; M Si
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: trafilatura-one-name"
