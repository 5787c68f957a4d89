#!/usr/bin/env bash
# sqlite-utils 4.2.1: where pandas is installed, `import sqlite_utils` imports it, though no data frame is in sight.
#
# Expected: pandas is no dependency of sqlite-utils and in none of its functions' arguments; importing it costs the same
# wherever it is installed.
# Seen: with pandas installed, the same line loads pandas and numpy: some half a second and 100 MB of every command.
# So: a command line that starts often, or a server that should be small, imports sqlite_utils where it is needed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"

cat > "$dir/try.py" <<'PYTHON'
import sys

import sqlite_utils

print({name: name in sys.modules for name in ("pandas", "numpy")})
PYTHON

cat > "$dir/seen" <<'SEEN'
{'pandas': False, 'numpy': False}
{'pandas': True, 'numpy': True}
SEEN

cd "$dir"
{
    "$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check sqlite-utils==4.2.1
    "$dir/venv/bin/python" try.py
    "$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check pandas==3.0.1
    "$dir/venv/bin/python" try.py
} | diff "$dir/seen" - && echo "as it was: sqlite-utils-imports-pandas"
