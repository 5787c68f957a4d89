#!/usr/bin/env bash
# PySastrawi 1.2.1: its stop words have one half of pairs of content words: rose and not fell, came and not went.
#
# Expected: a list of stop words holds words of grammar, or, where it holds words of content, both of a pair, so that two
# stories that differ in such a pair lose the same.
# Seen: `naik` (rose) is a stop word and `turun` (fell) is none; so with `datang` and `pergi` (came, left), `benar` and
# `salah` (right, wrong), `sama` and `beda` (same, different), `bulan` and `tahun` (month, year). `kasus` (case) goes too.
# So: counts of words after this filter say that prices in a region only ever fall. Take these words out of the list
# before, and say in the study which list was used.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check PySastrawi==1.2.1

cat > "$dir/try.py" <<'PYTHON'
from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

factory = StopWordRemoverFactory()
stop_words = set(factory.get_stop_words())
for pair in ("naik turun", "datang pergi", "benar salah", "sama beda", "bulan tahun", "masuk keluar"):
    print(pair, "->", [word for word in pair.split() if word not in stop_words])
remover = factory.create_stop_word_remover()
for line in ("harga cabai naik", "harga cabai turun", "jumlah kasus rabies naik", "jumlah kasus rabies turun"):
    print(line, "->", remover.remove(line).split())
PYTHON

cat > "$dir/seen" <<'SEEN'
naik turun -> ['turun']
datang pergi -> ['pergi']
benar salah -> ['salah']
sama beda -> ['beda']
bulan tahun -> ['tahun']
masuk keluar -> []
harga cabai naik -> ['harga', 'cabai']
harga cabai turun -> ['harga', 'cabai', 'turun']
jumlah kasus rabies naik -> ['rabies']
jumlah kasus rabies turun -> ['rabies', 'turun']
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: sastrawi-half-a-pair"
