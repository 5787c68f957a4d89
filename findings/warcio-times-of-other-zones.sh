#!/usr/bin/env bash
# warcio 1.8.1: a time with an offset is written into a WARC field as if its hour were UTC.
#
# Expected: half past nine in the evening at UTC+8 is half past one in the afternoon "Z"; datetime_to_http_date of the same module
# says so. WARC-Date is UTC (WARC 1.1, 5.4).
# Seen: datetime_to_iso_date and datetime_to_timestamp drop the offset and write the local hour with a Z, so that the capture lies
# eight hours in the future. Aware times are no strangers to the module: its readers give them with tz_aware=True. An open
# pull request of warcio is about reading times with an offset, not about writing them.
# So: astimezone(UTC) before a time is given to warcio.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check warcio==1.8.1

cat > "$dir/try.py" <<'PYTHON'
from datetime import datetime, timedelta, timezone

from warcio.timeutils import datetime_to_http_date, datetime_to_iso_date, datetime_to_timestamp, iso_date_to_datetime

WITA = timezone(timedelta(hours=8))
moment = datetime(2026, 11, 12, 21, 30, tzinfo=WITA)
for write in (datetime_to_http_date, datetime_to_iso_date, datetime_to_timestamp):
    print(write.__name__, write(moment), write(moment) == write(moment.astimezone(timezone.utc)))
again = iso_date_to_datetime(datetime_to_iso_date(moment), tz_aware=True)
print("written and read:", again - moment, "later")
PYTHON

cat > "$dir/seen" <<'SEEN'
datetime_to_http_date Thu, 12 Nov 2026 13:30:00 GMT True
datetime_to_iso_date 2026-11-12T21:30:00Z False
datetime_to_timestamp 20261112213000 False
written and read: 8:00:00 later
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: warcio-times-of-other-zones"
