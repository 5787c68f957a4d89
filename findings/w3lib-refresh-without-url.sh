#!/usr/bin/env bash
# w3lib 2.5: get_meta_refresh does not see every refresh that browsers follow.
#
# Expected: the forms that the HTML standard's own steps accept (section "shared declarative refresh steps"): the
# separator may be a semicolon, a comma or white space, `url=` may be missing, and white space may stand round its `=`.
# Seen: only a semicolon and `url=` written together are read; the others are no refresh, so that a page which leads on is
# taken for the article.
# So: whoever follows refreshes has to read the other forms himself.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check w3lib==2.5.0

cat > "$dir/try.py" <<'PYTHON'
from w3lib.html import get_meta_refresh

for content in ("0; url=/b", "0;url='/b'", "0;/b", "0, url=/b", "0 url=/b", "0; url = /b"):
    print(f"{content:12}", *get_meta_refresh(f'<meta http-equiv="refresh" content="{content}">', "https://koran.example/"))
PYTHON

cat > "$dir/seen" <<'SEEN'
0; url=/b    0.0 https://koran.example/b
0;url='/b'   0.0 https://koran.example/b
0;/b         None None
0, url=/b    None None
0 url=/b     None None
0; url = /b  None None
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: w3lib-refresh-without-url"
