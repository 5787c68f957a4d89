"""Have the C library give large blocks of memory back to the system as soon as they are freed.

A crawl holds bodies of megabytes for moments. By default glibc takes such a block from the heap once one of its size
was freed (mallopt(3), "dynamic mmap threshold"), and what is freed there stays with the process as long as anything
behind it lives. Fixed bounds keep large blocks apart: a hostile
crawl held 581 MB in place of 618 to 649 (one run, by the same bounds set from outside).
"""

import ctypes
import sys

LARGE_BLOCK = 1 << 20  # bytes
MAX_ARENAS = 2  # heaps; each thread would have its own, with what was freed in it
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # of malloc.h


def give_back_large_blocks() -> bool:
    """Set this for the whole process, and for what is forked from it; return whether the C library can be told."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is None:
        return False
    return all([mallopt(_M_MMAP_THRESHOLD, LARGE_BLOCK), mallopt(_M_ARENA_MAX, MAX_ARENAS)])
