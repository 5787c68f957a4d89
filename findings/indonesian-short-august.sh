#!/usr/bin/env bash
# Babel 2.19.0, arrow 1.4.0, pendulum 3.3.0, dateparser 1.5.0, htmldate 1.11.0: each has its own short August in Indonesian.
#
# Expected: a date that one library writes with its Indonesian month can be read by another, or is refused.
# Seen: 12 August 2024 is "12 Agu" for Babel (as CLDR has it), "12 Ags" for arrow, "12 Agt" for pendulum, and neither arrow nor pendulum
# reads another's; the same goes for "Sept" of arrow, which does not read "Sep". dateparser gives None for "Ags"; htmldate makes the
# first of January of it, for it finds the year alone. The other ten months are the same everywhere. Other
# projects (moment, dayjs, date-fns) have open proposals to change their August.
# So: write months in full or in figures; where dates of others are read, take all three, and distrust a first of January.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check babel==2.19.0 arrow==1.4.0 pendulum==3.3.0 dateparser==1.5.0 htmldate==1.11.0

cat > "$dir/try.py" <<'PYTHON'
from datetime import date

import arrow
import dateparser
import pendulum
from babel.dates import format_date
from htmldate import find_date

FORM = "D MMM YYYY"
PAGE = "<html><body><article><h1>Panen raya</h1><p class='date'>{}</p><p>Petani memanen bawang.</p></article></body></html>"
READERS = {
    "arrow": lambda text: arrow.get(text, FORM, locale="id").date(),
    "pendulum": lambda text: pendulum.from_format(text, FORM, locale="id").date(),
    "dateparser": lambda text: dateparser.parse(text, languages=["id"]).date(),
    "htmldate": lambda text: find_date(PAGE.format(text)),
}


def read(reader, text):
    try:
        return str(reader(text))
    except (ValueError, AttributeError):
        return "-"


for month in range(1, 13):
    day = date(2024, month, 12)
    written = {
        "babel": format_date(day, "d MMM y", locale="id"),
        "arrow": arrow.get(day).format(FORM, locale="id"),
        "pendulum": pendulum.instance(day).format(FORM, locale="id"),
    }
    if len(set(written.values())) == 1:
        text = written["babel"]
        print(text, "everywhere;", {name for name, reader in READERS.items() if read(reader, text) != str(day)} or "all", "read it")
        continue
    for writer, text in written.items():
        print(f"{writer}: {text}", *(f"{name} {read(reader, text)}" for name, reader in READERS.items()), sep="  ")
PYTHON

cat > "$dir/seen" <<'SEEN'
12 Jan 2024 everywhere; all read it
12 Feb 2024 everywhere; all read it
12 Mar 2024 everywhere; all read it
12 Apr 2024 everywhere; all read it
12 Mei 2024 everywhere; all read it
12 Jun 2024 everywhere; all read it
12 Jul 2024 everywhere; all read it
babel: 12 Agu 2024  arrow -  pendulum -  dateparser 2024-08-12  htmldate 2024-08-12
arrow: 12 Ags 2024  arrow 2024-08-12  pendulum -  dateparser -  htmldate 2024-01-01
pendulum: 12 Agt 2024  arrow -  pendulum 2024-08-12  dateparser 2024-08-12  htmldate 2024-08-12
babel: 12 Sep 2024  arrow -  pendulum 2024-09-12  dateparser 2024-09-12  htmldate 2024-09-12
arrow: 12 Sept 2024  arrow 2024-09-12  pendulum -  dateparser 2024-09-12  htmldate 2024-09-12
pendulum: 12 Sep 2024  arrow -  pendulum 2024-09-12  dateparser 2024-09-12  htmldate 2024-09-12
12 Okt 2024 everywhere; all read it
12 Nov 2024 everywhere; all read it
12 Des 2024 everywhere; all read it
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: indonesian-short-august"
