#!/usr/bin/env bash
# trafilatura 2.3.1: what stands in a `<time>` element is dropped from a sentence.
#
# Expected: an element inside a paragraph of text keeps its words, as `<b>` and `<abbr>` do.
# Seen: the sentence is left without its hour. `<q>` keeps its words, but breaks the line before and behind them.
# So: the text is read from the element that holds it; trafilatura only tells which one that is.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6 lxml==6.1.3 htmldate==1.11.0

cat > "$dir/try.py" <<'PYTHON'
from trafilatura import extract

TEXT = "<p>Harga beras di Pasar Induk naik lagi pada pekan ini, kata pedagang yang ditemui di lokasi.</p>" * 4
PAGE = "<html><body><article><h1>Harga beras naik</h1>{}{}</article></body></html>"
for inside in ("<b>10.30</b>", "<abbr>10.30</abbr>", "<time>10.30</time>", "<q>10.30</q>"):
    sentence = f"<p>Rapat dimulai pukul {inside} WITA di kantor bupati, kata seorang pegawai.</p>"
    text = extract(PAGE.format(TEXT, sentence))
    print(inside, "->", text[text.index("Rapat"):].replace("\n", " / "))
PYTHON

cat > "$dir/seen" <<'SEEN'
<b>10.30</b> -> Rapat dimulai pukul 10.30 WITA di kantor bupati, kata seorang pegawai.
<abbr>10.30</abbr> -> Rapat dimulai pukul 10.30 WITA di kantor bupati, kata seorang pegawai.
<time>10.30</time> -> Rapat dimulai pukul WITA di kantor bupati, kata seorang pegawai.
<q>10.30</q> -> Rapat dimulai pukul 10.30 / WITA di kantor bupati, kata seorang pegawai.
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: trafilatura-time-in-a-sentence"
