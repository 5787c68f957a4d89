"""A pipeline for test crawls whose reader takes its time with some pages, as their address says.

In place of pages that keep a parser busy: a page of ordinary size, and a worker that waits.
"""

import os
import threading
import time
from pathlib import Path

from kickcrawl.article import Article, Page, Rejection
from kickcrawl.extract import extract
from pipelines.extract import ExtractPipeline

FOLDER = "KICKCRAWL_TEST_FOLDER"  # names, in the environment, where readers leave notes for each other
LATER = "terbaca"  # the note that the page which is awaited has been read
AGREEING = "penuh"  # a line for each page that was read in full and could teach a layout
PATIENCE = 8.0  # seconds that a reader awaits it: with one worker process, the other page cannot be read meanwhile


class SlowExtract(ExtractPipeline):
    """Name it in ITEM_PIPELINES in place of ExtractPipeline."""

    reader = f"{__name__}:read"


def read(page: Page) -> Article | Rejection:
    """Read *page*; never where its address says "selamanya", after another where it says "menunggu"."""
    if "selamanya" in page.requested_url:
        threading.Event().wait()
    if "menunggu" in page.requested_url:
        _await_the_other()
    found = extract(page)
    if FOLDER in os.environ and isinstance(found, Article) and found.reading is not None and found.reading.agrees:
        with (Path(os.environ[FOLDER]) / AGREEING).open("a") as notes:
            notes.write(f"{page.requested_url}\n")
    if "ditunggu" in page.requested_url:
        (Path(os.environ[FOLDER]) / LATER).touch()
    return found


def _await_the_other() -> None:
    end = time.monotonic() + PATIENCE
    while not (Path(os.environ[FOLDER]) / LATER).exists() and time.monotonic() < end:
        time.sleep(0.02)
