"""Imported by the workers' fork server alone, before anything else: leaves the process group of the crawl.

A signal to the whole group (timeout(1) sends one) then reaches the crawl only, which finishes what it has fetched and
ends its workers itself. Killed with it, they left pages unread, or a pool that nobody could use any more.
"""

import os
import signal

os.setpgrp()
# Blocked from birth (kickcrawl/workers/workers.py); what came until now was for the crawl and is forgotten.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
signal.signal(signal.SIGTERM, signal.SIG_DFL)
