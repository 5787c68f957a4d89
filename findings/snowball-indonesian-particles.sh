#!/usr/bin/env bash
# snowballstemmer 3.1.1, Indonesian: the particle -lah is taken off words that end so by themselves, but only once.
#
# Expected: `masalah` (problem) and `sekolah` (school) stay as they are, as `jumlah`, `rumah` and `hadiah` do.
# Seen: `masalah` becomes `masa` (time), so that a search for one finds the other; `sekolah` becomes `seko`, while `sekolahlah`
# (the same word with the particle) becomes `sekolah`, so that these two do not meet.
# So: stem until nothing changes (then `sekolah` and `sekolahlah` meet); `masalah` and `masa` still do, which is wrong.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check snowballstemmer==3.1.1

cat > "$dir/try.py" <<'PYTHON'
import snowballstemmer

stem = snowballstemmer.stemmer("indonesian").stemWord
for word in "masalah masa sekolah sekolahlah jumlah rumah hadiah".split():
    print(word, stem(word))
PYTHON

cat > "$dir/seen" <<'SEEN'
masalah masa
masa masa
sekolah seko
sekolahlah sekolah
jumlah jumlah
rumah rumah
hadiah hadiah
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: snowball-indonesian-particles"
