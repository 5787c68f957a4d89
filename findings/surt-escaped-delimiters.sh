#!/usr/bin/env bash
# surt 0.3.1: an escaped question mark or ampersand becomes a delimiter.
#
# Expected: `%3F` in a path and `%26` in a value stay escaped, for without the escape they mean something else
# (RFC 3986, 2.2); `%23` shows that surt knows this for `#`.
# Seen: `/a%3Fb=1`, a file of that name, has the key of `/a?b=1`. `?judul=A%26B&id=2` is taken for three parameters, and the order
# of the key tells nothing of the value any more. Only `%23` stays.
# So: two different addresses may share a key; whoever looks one up by its key must compare the address that the line names.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check surt==0.3.1

cat > "$dir/try.py" <<'PYTHON'
from surt import surt

for tail in ("a?b=1", "a%3Fb=1", "a%23b", "a?judul=A%26B&id=2", "a?judul=A&B&id=2"):
    print(surt(f"https://koran.example/{tail}"))
PYTHON

cat > "$dir/seen" <<'SEEN'
example,koran)/a?b=1
example,koran)/a?b=1
example,koran)/a%23b
example,koran)/a?b&id=2&judul=a
example,koran)/a?b&id=2&judul=a
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: surt-escaped-delimiters"
