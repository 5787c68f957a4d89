#!/usr/bin/env bash
# dateparser 1.5.0, Indonesian: a past day in a sentence loses its number, and then gets today's.
#
# Expected: `search_dates` finds "12 Maret" in "12 Maret lalu" (12 March last).
# Seen: it finds "Maret" alone, and fills in the day of RELATIVE_BASE, the 16th; a year behind it is found as another date, with
# RELATIVE_BASE's day and month. "lalu" does it: without that word the day is there. parse() gives None for "12 Maret lalu", and
# for "minggu lalu" (last week), though "2 minggu lalu" and "bulan lalu" (last month) are read.
# So: days in prose need patterns of their own; a found date must be held against the words that it was found in.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check dateparser==1.5.0

cat > "$dir/try.py" <<'PYTHON'
from datetime import datetime

import dateparser
from dateparser.search import search_dates

BASE = {"DATE_ORDER": "DMY", "RELATIVE_BASE": datetime(2025, 7, 16)}
for text in ("Ia datang 12 Maret lalu.", "Ia datang 12 Maret.", "Ia datang 12 Maret 2025 lalu."):
    print(text, *((words, f"{day:%Y-%m-%d}") for words, day in search_dates(text, languages=["id"], settings=BASE) or ()))
for text in ("12 Maret lalu", "12 Maret", "minggu lalu", "2 minggu lalu", "bulan lalu"):
    day = dateparser.parse(text, languages=["id"], settings=BASE)
    print(text, "->", day and f"{day:%Y-%m-%d}")
PYTHON

cat > "$dir/seen" <<'SEEN'
Ia datang 12 Maret lalu. ('Maret', '2025-03-16')
Ia datang 12 Maret. ('12 Maret', '2025-03-12')
Ia datang 12 Maret 2025 lalu. ('Maret', '2025-03-16') ('2025', '2025-07-16')
12 Maret lalu -> None
12 Maret -> 2025-03-12
minggu lalu -> None
2 minggu lalu -> 2025-07-02
bulan lalu -> 2025-06-16
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: dateparser-search-loses-the-day"
