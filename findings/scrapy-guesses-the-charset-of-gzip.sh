#!/usr/bin/env bash
# Scrapy 2.19: of a page that comes compressed and whose header line names no charset, the charset of the compressed bytes
# is guessed before they are decompressed.
#
# Expected: HttpCompressionMiddleware decompresses the body and has the encoding found anew ("force recalculating the
# encoding"), so that nothing is guessed of a page that names its charset in a meta tag.
# Seen: Response.replace() asks the old response for every attribute, its encoding too, though it is given None for it. So
# charset_normalizer looks for words of a language in gzip's bytes, once a page, in the event loop; what it says is
# thrown away. With a charset in the header line nothing is guessed.
# So: on servers that compress and name the charset in the page only, each page costs some milliseconds more.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check scrapy==2.19.0 charset-normalizer==3.4.9

cat > "$dir/try.py" <<'PYTHON'
import gzip

import scrapy.http.response.text as text
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Headers, HtmlResponse, Request

asked = []
guess = text.from_bytes
text.from_bytes = lambda body: asked.append(bytes(body[:2])) or guess(body)

lines = "".join(f"<p>Warga dusun {n} memanen padi seluas {n * 7} are.</p>" for n in range(400))
page = f'<!doctype html><html><head><meta charset="utf-8"><title>Panen</title></head><body>{lines}</body></html>'.encode()
request = Request("http://koran.example/panen")
for header in ("text/html", "text/html; charset=utf-8"):
    asked.clear()
    headers = Headers({"Content-Type": header, "Content-Encoding": "gzip"})
    came = HtmlResponse(request.url, body=gzip.compress(page, mtime=0), headers=headers, request=request)
    shown = HttpCompressionMiddleware().process_response(request, came)
    print(f"{header:25} {shown.encoding} {shown.body == page} guessed of: {[part.hex() for part in asked]}")
PYTHON

cat > "$dir/seen" <<'SEEN'
text/html                 utf-8 True guessed of: ['1f8b']
text/html; charset=utf-8  utf-8 True guessed of: []
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: scrapy-guesses-the-charset-of-gzip"
