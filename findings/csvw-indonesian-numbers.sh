#!/usr/bin/env bash
# csvw 4.1.1: where metadata say that "." parts thousands and "," decimals, a number still becomes another one.
#
# Expected: CSV on the Web (tabular data model, 6.4.2) has groupChar and decimalChar for all numeric types: 12.500 rupiah are twelve
# thousand five hundred, and what is written with a format is read with it again.
# Seen: for number, double and float the two are not looked at: 12.500 is twelve and a half, without a word, while 12.500,5 and
# 1.250.000 are refused. decimal and integer read all of them well. With a pattern ("#,##0.0") decimal reads 12,5 rightly,
# writes 12.5, and reads that as 125.
# So: columns of Indonesian numbers are declared decimal or integer, without a pattern; or numbers are exported without
# thousands and with a point.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check csvw==4.1.1

cat > "$dir/try.py" <<'PYTHON'
from csvw import Datatype

INDONESIAN = {"groupChar": ".", "decimalChar": ","}
CASES = (
    *((base, {}, price) for base in ("integer", "decimal", "number", "double") for price in ("12.500", "1.250.000")),
    *((base, {}, "12.500,5") for base in ("decimal", "number")),
    ("decimal", {"pattern": "#,##0.0"}, "12,5"),
)
for base, pattern, price in CASES:
    kind = Datatype.fromvalue({"base": base, "format": INDONESIAN | pattern})
    try:
        number = kind.read(price)
        written = kind.formatted(number)
        print(base, *pattern.values(), price, "->", number, "written", written, "read again", kind.read(written))
    except ValueError:
        print(base, *pattern.values(), price, "-> refused")
PYTHON

cat > "$dir/seen" <<'SEEN'
integer 12.500 -> 12500 written 12.500 read again 12500
integer 1.250.000 -> 1250000 written 1.250.000 read again 1250000
decimal 12.500 -> 12500 written 12.500 read again 12500
decimal 1.250.000 -> 1250000 written 1.250.000 read again 1250000
number 12.500 -> 12.5 written 12.5 read again 12.5
number 1.250.000 -> refused
double 12.500 -> 12.5 written 12.5 read again 12.5
double 1.250.000 -> refused
decimal 12.500,5 -> 12500.5 written 12.500,5 read again 12500.5
number 12.500,5 -> refused
decimal #,##0.0 12,5 -> 12.5 written 12.5 read again 125
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: csvw-indonesian-numbers"
