"""Imported only by the workers' fork server, before anything else: leaves the process group of the crawl.

A signal to the whole group, as timeout(1) sends, then reaches the crawl only, which finishes what it has fetched and
ends its workers itself. Workers that were killed together with it left pages unread, or a pool that was unusable.
"""

import os
import signal

os.setpgrp()
# SIGTERM is blocked since the process began (see forkserver.shield_from_signals). One that came until now was meant for
# the crawl: to ignore the signal for a moment discards it.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
signal.signal(signal.SIGTERM, signal.SIG_DFL)
