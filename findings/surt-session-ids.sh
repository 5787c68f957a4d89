#!/usr/bin/env bash
# surt 0.3.1: which session ids are left out of a key, and what remains in their place.
#
# Expected: a session id makes no difference to the key, wherever in the address it stands.
# Seen: a parameter in front goes without a trace; the same parameter behind another one leaves `?&b=1`, so that two
# captures of one page have two keys. `sid=` is found inside longer names: `osCsid=...` leaves `osc`, joined to nothing.
# `;jsessionid=...` at the end of a path, the form of Java servers, stays.
# So: drop session ids before an address is given to surt.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check surt==0.3.1

cat > "$dir/try.py" <<'PYTHON'
from surt import surt

ID = "0123456789abcdef0123456789abcdef"
for tail in ("?b=1", f"?sid={ID}&b=1", f"?b=1&sid={ID}", f"?b=1&jsessionid={ID}", f"?osCsid={ID}", f";jsessionid={ID}"):
    print(surt(f"https://koran.example/berita{tail}"))
PYTHON

cat > "$dir/seen" <<'SEEN'
example,koran)/berita?b=1
example,koran)/berita?b=1
example,koran)/berita?&b=1
example,koran)/berita?&b=1
example,koran)/berita?osc
example,koran)/berita;jsessionid=0123456789abcdef0123456789abcdef
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: surt-session-ids"
