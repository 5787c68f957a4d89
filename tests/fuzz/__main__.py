"""Fuzz one reader for minutes or days, guided by what its code covers (atheris, libFuzzer): ``make fuzz``.

    .venv/fuzz/bin/python -m tests.fuzz TARGET [--minutes 5] [--corpus FOLDER]

What was found to lead somewhere is kept in the corpus and built on by the next run. An input that a reader fails on is
written to crash-* with its traceback above; the check then goes on to fail on it: python -m tests.fuzz TARGET crash-*.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kickcrawl", "feedparser", "protego", "w3lib", "dateparser", "trafilatura"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("inputs", nargs="*", help="check these files only")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--corpus", type=Path)
    asked = parser.parse_args()
    target = TARGETS[asked.target]
    with tempfile.TemporaryDirectory() as folder:
        pieces = Path(folder) / "pieces.dict"
        pieces.write_text(
            "".join(f'"{escaped(piece)}"\n' for piece in dict.fromkeys(target.pieces.split(" ")) if piece)
        )
        corpus = asked.corpus or Path(folder) / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        # A reader that takes more than 10 s would be killed in the crawl, which bounds the damage but loses the page.
        options = [f"-dict={pieces}", f"-max_total_time={60 * asked.minutes:.0f}", "-max_len=4096", "-timeout=10"]
        atheris.Setup([sys.argv[0], *options, *(asked.inputs or [str(corpus)])], target.check)
        atheris.Fuzz()


def escaped(piece: str) -> str:
    """Return *piece* as libFuzzer's dictionaries write bytes."""
    return "".join(f"\\x{byte:02x}" for byte in piece.encode("utf-8", errors="surrogatepass"))


if __name__ == "__main__":
    main()
