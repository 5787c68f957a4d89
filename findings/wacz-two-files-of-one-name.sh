#!/usr/bin/env bash
# wacz 0.6.0 (py-wacz): two WARC files of one name, from two folders, become two members of one name, and only one can be read.
#
# Expected: an error, or another name for one of them, as `wb-manager add` of pywb gives it since an issue asked for that.
# Seen: `wacz create` ends with 0. Both records are in the index with the same file and the same offset, so that whoever follows the
# index gets one outlet's page for the other's address; the first file's bytes are in the archive, but no reader of ZIP
# gives them by name. Only a warning of Python's zipfile tells; `wacz validate` then calls the archive invalid, with no error.
# So: WARC files need names of their own before they are packed, wherever they lie (crawlers that number their files from 0 in
# a folder for each outlet have the same names everywhere).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check wacz==0.6.0 warcio==1.8.1 frictionless==5.21.0

cat > "$dir/try.py" <<'PYTHON'
import gzip
import io
import json
import subprocess
import zipfile
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

files = []
for outlet in ("bali", "ntb"):
    files.append(Path(outlet, "00000.warc.gz"))
    files[-1].parent.mkdir()
    with files[-1].open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = io.BytesIO(f"<p>berita {outlet}</p>".encode())
        writer.write_record(writer.create_warc_record(f"https://{outlet}.example/a", "response", payload=body, http_headers=http))
done = subprocess.run(["wacz", "create", "-o", "both.wacz", *files], capture_output=True, check=False)
with zipfile.ZipFile("both.wacz") as pack:
    names = [name for name in pack.namelist() if name.startswith("archive/")]
    print("exit", done.returncode, names)
    for line in gzip.decompress(pack.read("indexes/index.cdx.gz")).decode().splitlines():
        entry = json.loads(line.split(" ", 2)[2])
        record = io.BytesIO(pack.read(f"archive/{entry['filename']}")[int(entry["offset"]) :])
        print(entry["url"], "->", next(iter(ArchiveIterator(record))).rec_headers.get_header("WARC-Target-URI"))
done = subprocess.run(["wacz", "validate", "-f", "both.wacz"], capture_output=True, text=True, check=False)
print("validate: exit", done.returncode, next(line for line in done.stdout.splitlines() if "errors" in line).split("with ")[1])
PYTHON

cat > "$dir/seen" <<'SEEN'
exit 0 ['archive/00000.warc.gz', 'archive/00000.warc.gz']
https://bali.example/a -> https://ntb.example/a
https://ntb.example/a -> https://ntb.example/a
validate: exit 1 errors {}
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: wacz-two-files-of-one-name"
