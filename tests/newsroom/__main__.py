"""Serve the newsroom until interrupted: ``python -m tests.newsroom --port 8841 --articles 60 [--truth FILE]``."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import threading
from pathlib import Path

from . import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom", description=__doc__)
    parser.add_argument("--port", type=int, default=8841)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--permalink", default="/%year%/%monthnum%/%postname%/")
    parser.add_argument("--truth", type=Path, help="write one JSON line a post to this file")
    wanted = parser.parse_args()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with serve(wanted.seed, wanted.articles, wanted.permalink, wanted.port) as site:
        if wanted.truth:
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in site.truth())
            wanted.truth.write_text("".join(lines), encoding="utf-8")
        print(f"{site.base}/ serves {wanted.articles} made-up posts; Ctrl-C ends it", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            stop.wait()


if __name__ == "__main__":
    main()
