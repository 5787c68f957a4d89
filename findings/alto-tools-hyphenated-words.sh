#!/usr/bin/env bash
# alto-tools 0.1.0: of a word that is broken over two lines the second half is lost, and the piece before it said twice.
#
# Expected: ALTO marks the halves of such a word with SUBS_TYPE HypPart1 and HypPart2, and gives the whole in
# SUBS_CONTENT; the text has the word once, whole ("pemerintah") or in its halves ("peme", "rintah").
# Seen: in place of the second half stands what was written last, mostly the first half: "peme" and again "peme". "rintah"
# is nowhere. Halves without these attributes (the older way) come out well.
# So: in the text of scanned newspapers, where narrow columns break a word in every few lines, the broken words are found
# by no search; take SUBS_CONTENT of the first halves, and leave the second out.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/python" -m pip install --quiet --disable-pip-version-check alto-tools==0.1.0

cat > "$dir/try.py" <<'PYTHON'
import subprocess

PLACE = 'HPOS="10" VPOS="10" WIDTH="80" HEIGHT="20"'


def page(first: str, second: str) -> str:
    """A column of two lines, `Warga menunggu peme-` and `rintah daerah.`, with these attributes on the halves."""
    words = [("Warga", ""), ("menunggu", ""), ("peme", first), None, ("rintah", second), ("daerah.", "")]
    lines, line = [], []
    for word in words:
        if word is None:
            lines.append("".join(line) + '<HYP CONTENT="-"/>')
            line = []
        else:
            line.append(f'{"<SP/>" if line else ""}<String CONTENT="{word[0]}" {PLACE} {word[1]}/>')
    lines.append("".join(line))
    text = "".join(f'<TextLine ID="l{number}" {PLACE}>{line}</TextLine>' for number, line in enumerate(lines))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">'
        f'<Description><MeasurementUnit>pixel</MeasurementUnit></Description><Layout><Page ID="p" PHYSICAL_IMG_NR="1">'
        f'<PrintSpace {PLACE}><TextBlock ID="b" {PLACE}>{text}</TextBlock></PrintSpace></Page></Layout></alto>'
    )


WHOLE = 'SUBS_CONTENT="pemerintah"'
for name, halves in (
    ("marked", (f'SUBS_TYPE="HypPart1" {WHOLE}', f'SUBS_TYPE="HypPart2" {WHOLE}')),
    ("not marked", ("", "")),
):
    with open("page.xml", "w") as file:
        file.write(page(*halves))
    out = subprocess.run(["alto-tools", "-t", "page.xml"], capture_output=True, text=True, check=True).stdout
    print(f"{name}:", " / ".join(line.strip() for line in out.splitlines() if line.strip()))
PYTHON

cat > "$dir/seen" <<'SEEN'
marked: Warga menunggu peme / pemedaerah.
not marked: Warga menunggu peme / rintah daerah.
SEEN

cd "$dir"
PATH="$dir/venv/bin:$PATH" python -W ignore try.py | diff "$dir/seen" - && echo "as it was: alto-tools-hyphenated-words"
