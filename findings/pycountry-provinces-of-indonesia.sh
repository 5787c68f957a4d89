#!/usr/bin/env bash
# pycountry 26.2.16: one of Indonesia's 38 provinces is misspelt, and two have a name with two codes.
#
# Expected: a province's full name (of Papua Pegunungan, since UU 16/2022) gives one code of ISO 3166-2, by exact name or
# by search_fuzzy.
# Seen: Papua Pegunungan is not found: the list has "Papua Pengunungan", with an n too many. Jakarta and Yogyakarta are
# there, but not with the words for their rank in front. Papua and Maluku are each a province and a "geographical unit",
# with a code each.
# So: a join of datelines with this list by name loses the highlands of Papua and may count stories of Ambon twice: leave
# out the geographical units, and correct this name.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check pycountry==26.2.16

cat > "$dir/try.py" <<'PYTHON'
import pycountry

NAMES = (
    "Aceh, Sumatera Utara, Sumatera Barat, Riau, Jambi, Sumatera Selatan, Bengkulu, Lampung, Kepulauan Bangka Belitung, "
    "Kepulauan Riau, Daerah Khusus Ibukota Jakarta, Jawa Barat, Jawa Tengah, Daerah Istimewa Yogyakarta, Jawa Timur, "
    "Banten, Bali, Nusa Tenggara Barat, Nusa Tenggara Timur, Kalimantan Barat, Kalimantan Tengah, Kalimantan Selatan, "
    "Kalimantan Timur, Kalimantan Utara, Sulawesi Utara, Sulawesi Tengah, Sulawesi Selatan, Sulawesi Tenggara, "
    "Gorontalo, Sulawesi Barat, Maluku, Maluku Utara, Papua, Papua Barat, Papua Selatan, Papua Tengah, "
    "Papua Pegunungan, Papua Barat Daya"
).split(", ")
listed = pycountry.subdivisions.get(country_code="ID")
print(len(NAMES), "provinces")
for name in NAMES:
    exact = sorted(f"{unit.code} {unit.type}" for unit in listed if unit.name == name)
    try:
        near = [unit.code for unit in pycountry.subdivisions.search_fuzzy(name)]
    except LookupError:
        near = []
    if len(exact) != 1:
        print(name, exact or "no such name", near[:1] or "and none near")
print([unit.name for unit in listed if unit.code == "ID-PE"], pycountry.subdivisions.lookup("Jakarta Raya").code)
PYTHON

cat > "$dir/seen" <<'SEEN'
38 provinces
Daerah Khusus Ibukota Jakarta no such name and none near
Daerah Istimewa Yogyakarta no such name and none near
Maluku ['ID-MA Province', 'ID-ML Geographical unit'] ['ID-MA']
Papua ['ID-PA Province', 'ID-PP Geographical unit'] ['ID-PA']
Papua Pegunungan no such name and none near
['Papua Pengunungan'] ID-JK
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: pycountry-provinces-of-indonesia"
