"""Python's garbage collector in processes that pages go through: each makes ten thousand objects, and hardly a cycle.

A tenth of the CPU of a crawl, of its workers, and of what reads captures again went into looking for cycles.
"""

import gc

MAX_UNCOLLECTED = 20_000  # objects made before cycles are looked for: those of a page or two


def collect_rarely() -> None:
    """Have the collector look for cycles seldom, and only among what is made from now on."""
    gc.freeze()
    gc.set_threshold(MAX_UNCOLLECTED, 20, 20)
