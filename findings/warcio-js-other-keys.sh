#!/usr/bin/env bash
# warcio.js 2.4.11 and surt 0.3.1: one page has two keys, by the tool that wrote the index.
#
# Expected: the key of an address in a CDXJ index (SURT) is the same from the two libraries that make those of WACZ files:
# warcio.js (in browser-based crawlers and viewers) and surt (in pywb and cdxj-indexer).
# Seen: they agree on hosts, ports, capitals and on the order of parameters, but not on a slash before `?`, on two slashes,
# on escapes, on session ids, nor on parameters of which one name begins with the other and goes on with a hyphen.
# So: indexes of both kinds cannot be merged as they are: look-ups miss captures of such addresses. Make one index anew.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check surt==0.3.1
npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$dir" warcio@2.4.11 >/dev/null

cat > "$dir/addresses" <<'ADDRESSES'
https://www.koran.example/Berita/Panen?b=2&a=1
https://koran.example:8080/panen#komentar
https://koran.example/arsip/?tahun=2026
https://koran.example/arsip//panen
https://koran.example/cari?q=%7Bpanen%7D
https://koran.example/desa/%C3%A9
https://koran.example/cari?a-z=1&a=2
https://koran.example/baca.php?PHPSESSID=0123456789abcdef0123456789abcdef&id=5
ADDRESSES

cat > "$dir/keys.mjs" <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { getSurt } from "warcio";

for (const address of readFileSync("addresses", "utf8").trim().split("\n")) console.log(getSurt(address));
JAVASCRIPT

cat > "$dir/try.py" <<'PYTHON'
import subprocess

import surt

keys = subprocess.run(["node", "keys.mjs"], capture_output=True, text=True, check=True).stdout.split()
with open("addresses") as addresses:
    for address, key in zip(addresses.read().split(), keys, strict=True):
        of_surt = surt.surt(address)
        print(key if key == of_surt else f"{key} <> {of_surt}")
PYTHON

cat > "$dir/seen" <<'SEEN'
example,koran)/berita/panen?a=1&b=2
example,koran:8080)/panen
example,koran)/arsip/?tahun=2026 <> example,koran)/arsip?tahun=2026
example,koran)/arsip//panen <> example,koran)/arsip/panen
example,koran)/cari?q=%7bpanen%7d <> example,koran)/cari?q={panen}
example,koran)/desa/%c3%a9
example,koran)/cari?a-z=1&a=2 <> example,koran)/cari?a=2&a-z=1
example,koran)/baca.php?id=5&phpsessid=0123456789abcdef0123456789abcdef <> example,koran)/baca.php?id=5
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: warcio-js-other-keys"
