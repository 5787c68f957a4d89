#!/usr/bin/env bash
# iptcinfo3 2.3.0: of several photographers, writers or subjects in a news photo only the last is read, and saved.
#
# Expected: IPTC's IIM 4.2 lets By-line (2:80), Writer/Editor (2:122) and Subject Reference (2:12) be repeated, as
# Keywords are; all are read, and a caption can be corrected without touching them.
# Seen: keywords are all there; of the other three the last one only. Saving the photo with a corrected caption writes
# what was read: the first photographer is gone from the file.
# So: to read the credits of an agency's photos, and above all to write, use pyexiv2 or exiftool.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check iptcinfo3==2.3.0 pyexiv2==2.16.0 pillow==12.0.0

cat > "$dir/try.py" <<'PYTHON'
import pyexiv2
from iptcinfo3 import IPTCInfo
from PIL import Image

SET = {
    "Byline": ["Sri Wahyuni", "Lalu Ahmad"],
    "Writer": ["Baiq Nur", "Hadi"],
    "Subject": ["IPTC:04000000", "IPTC:06000000"],
    "Keywords": ["panen", "Sembalun"],
    "Caption": "Panen bawang",
}
Image.new("RGB", (8, 8)).save("photo.jpg")
with pyexiv2.Image("photo.jpg") as photo:
    photo.modify_iptc({f"Iptc.Application2.{name}": value for name, value in SET.items()})

info = IPTCInfo("photo.jpg")
for name in ("by-line", "writer/editor", "subject reference", "keywords"):
    print(name, info[name])

info["caption/abstract"] = "Panen bawang putih"
info.save_as("corrected.jpg")
for name in ("photo.jpg", "corrected.jpg"):
    with pyexiv2.Image(name) as photo:
        print(name, photo.read_iptc()["Iptc.Application2.Byline"])
PYTHON

cat > "$dir/seen" <<'SEEN'
by-line b'Lalu Ahmad'
writer/editor b'Hadi'
subject reference b'IPTC:06000000'
keywords [b'panen', b'Sembalun']
photo.jpg ['Sri Wahyuni', 'Lalu Ahmad']
corrected.jpg ['Lalu Ahmad']
SEEN

cd "$dir"
"$dir/venv/bin/python" -W ignore try.py | diff "$dir/seen" - && echo "as it was: iptcinfo3-second-photographer"
