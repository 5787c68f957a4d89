#!/usr/bin/env bash
# inscriptis 2.7.6: in a list of terms the term and its value run together, and a list's own numbers are not kept.
#
# Expected: as in browsers (HTML, "Rendering": dt and dd are blocks), `<dt>Beras</dt><dd>Rp12.500</dd>` has two lines, as
# two paragraphs have; `<ol start="5">` begins with 5, as `<li value="7">` is 7 here.
# Seen: "BerasRp12.500", and without a div around each pair also "Rp12.500Gula": no space, no line. Written with white
# space between the elements it is one line. `start` is passed over: the list begins with 1.
# So: prices and figures that newsrooms give as a list of terms are found by no search for "Beras": put white space
# before each dt and dd first.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check inscriptis==2.7.6 lxml==6.1.3

cat > "$dir/try.py" <<'PYTHON'
from inscriptis import get_text

for page in (
    "<p>Beras</p><p>Rp12.500</p>",
    "<dl><dt>Beras</dt><dd>Rp12.500</dd><dt>Gula</dt><dd>Rp15.000</dd></dl>",
    "<dl><div><dt>Beras</dt><dd>Rp12.500</dd></div><div><dt>Gula</dt><dd>Rp15.000</dd></div></dl>",
    "<dl><dt>Beras</dt> <dd>Rp12.500</dd> <dt>Gula</dt> <dd>Rp15.000</dd></dl>",
    '<ol><li value="5">Jalan</li><li>Air</li></ol>',
    '<ol start="5"><li>Jalan</li><li>Air</li></ol>',
):
    print(page, "->", [line.strip() for line in get_text(page).splitlines() if line.strip()])
PYTHON

cat > "$dir/seen" <<'SEEN'
<p>Beras</p><p>Rp12.500</p> -> ['Beras', 'Rp12.500']
<dl><dt>Beras</dt><dd>Rp12.500</dd><dt>Gula</dt><dd>Rp15.000</dd></dl> -> ['BerasRp12.500GulaRp15.000']
<dl><div><dt>Beras</dt><dd>Rp12.500</dd></div><div><dt>Gula</dt><dd>Rp15.000</dd></div></dl> -> ['BerasRp12.500', 'GulaRp15.000']
<dl><dt>Beras</dt> <dd>Rp12.500</dd> <dt>Gula</dt> <dd>Rp15.000</dd></dl> -> ['Beras Rp12.500 Gula Rp15.000']
<ol><li value="5">Jalan</li><li>Air</li></ol> -> ['5. Jalan', '6. Air']
<ol start="5"><li>Jalan</li><li>Air</li></ol> -> ['1. Jalan', '2. Air']
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: inscriptis-terms-run-together"
