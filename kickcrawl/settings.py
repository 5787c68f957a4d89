"""Scrapy's wiring: names only. Spiders and pipelines meet here and nowhere else.

Settings that differ from Scrapy's defaults say why.
"""

import os

from kickcrawl import __version__

BOT_NAME = "kickcrawl"
SPIDER_MODULES = ["spiders"]
SPIDER_LOADER_CLASS = "spiders.loader.OutletSpiderLoader"  # every outlet file is a spider of its name
COMMANDS_MODULE = "spiders.commands"  # `scrapy crawl` that exits by the health of its run

# An honest name, and where a newsroom can ask questions: the operator's own address, from CONTACT or KICKCRAWL_CONTACT.
# A crawl of anything but this machine does not start without it.
CONTACT = None
USER_AGENT = f"kickcrawl/{__version__} (archiving crawler for regional news)"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.5",
    # What replay tools undo, too. Scrapy would announce deflate and zstd, which they show as they came.
    "Accept-Encoding": "gzip, br",
}

# Who is told of alerts: addresses of apprise, parted by blanks; KICKCRAWL_NOTIFY says the same from the environment,
# where no list of processes shows the passwords in them.
NOTIFY = None

# Where things are kept; KICKCRAWL_ARCHIVE and KICKCRAWL_OUTLETS say the same from the environment.
ARCHIVE = None
OUTLETS = None
WARC_SIZE = 1_000_000_000  # bytes of a WARC file, after which the next one is begun

# Web archives that backfills ask, and mirrors of them: KICKCRAWL_WAYBACK and so on say the same from the environment.
WAYBACK = "https://web.archive.org"
PYWB = None  # a collection of a web archive that runs pywb, https://arsip.example/koleksi
COMMONCRAWL_INDEX = "https://index.commoncrawl.org"
COMMONCRAWL_DATA = "https://data.commoncrawl.org"
# Seconds between two requests to them, one at a time. The Wayback Machine's index allows 24 a minute (June 2026).
WEB_ARCHIVE_DELAY = 3.0

# Politeness. The delay is the outlet's own, or robots.txt's if longer; this one is for outlets that name none.
DOWNLOAD_DELAY = 1.0
# Over all outlets, those included that wait for the pause between two requests to their host: hosts that answer slowly
# take nothing from the others. spiders/leasing.py gives each outlet its part.
CONCURRENT_REQUESTS = 1_000
CONCURRENT_REQUESTS_PER_DOMAIN = 4
# Items of one answer that are handled at once: ours has one. Scrapy starts as many tasks for every answer as may be at
# once; with its hundred they were 109,000 in a crawl of 1,020 articles.
CONCURRENT_ITEMS = 1
ROBOTSTXT_OBEY = False  # Scrapy's own ignores the status; spiders.network.robots obeys RFC 9309 always
# Pages that say noarchive are not kept (decision 0089). Off only with the newsroom's permission, or where the law asks
# for a copy, as that of legal deposit does; what the page says is in the ledger all the same.
NOARCHIVE_OBEY = True
COOKIES_ENABLED = False  # we are nobody's returning visitor
DOWNLOAD_FAIL_ON_DATALOSS = False  # what came is captured; spiders.network.cut judges it
HTTPPROXY_ENABLED = False  # a proxy would resolve names behind the address guard's back

# Bounds. docs/reliability.md says of each what happens when it is hit, and under which name that is counted.
DOWNLOAD_TIMEOUT = 30.0  # seconds for a request, from its start to the last byte of its body
DOWNLOAD_MAXSIZE = 32 << 20  # bytes of a seed's answer, on the wire and decoded
PAGE_MAXSIZE = 10 << 20  # bytes of a page, likewise; the largest honest one seen had 2 MB
ROBOTS_MAXSIZE = 500 << 10  # bytes of robots.txt that are read; RFC 9309 (2.5) asks for as many
HELD_MAXSIZE = 32 << 20  # bytes of all answers that are held at a time, arriving or waiting to be read
# Pages of articles, over all outlets, that are asked for, read and stored at a time; slow ones are not counted.
BACKLOG_PAGES = 32 * (os.cpu_count() or 1)
DOWNLOAD_WARNSIZE = 0  # the bounds themselves say what was too large
DOWNLOAD_VERIFY_CERTIFICATES = True
READ_TIMEOUT = 10.0  # seconds for reading a page; then its worker is killed
READ_MEMORY = 64 << 20  # bytes that reading a page may fill; enough for 1.5 MB that are all text
SEED_TIMEOUT = 60.0  # seconds for reading a seed, likewise; a sitemap of 50,000 addresses took 7
SEED_MEMORY = 192 << 20  # bytes that reading a seed may fill; 116 MiB for that sitemap
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the run's own report says what failed
STORY_PAGES = 40  # of one article
ARTICLE_PICTURES = 20  # of one article that are kept, where images = true
RUN_PICTURES = 5_000  # of a run and outlet
PICTURE_MAXSIZE = 8 << 20  # bytes of a picture
SITEMAP_FILES = 1_000  # a run and outlet; at 200 to 50,000 addresses each, more than any newspaper has
SITEMAP_DEPTH = 3  # indexes within indexes; sitemaps.org knows one level
SITEMAP_ENTRIES = 50_000  # a file; sitemaps.org's own limit
FEED_ENTRIES = 10_000  # a file
LISTING_LINKS = 5_000  # articles that one page of a list may name
SEED_PAGES = 20_000  # of one seed
BARREN_PAGES = 20  # pages of a list in a row that name nothing which those before have not: a trap
REQUESTS_PER_RUN = 1_000_000  # over all outlets
REQUESTS_PER_OUTLET = 200_000  # a run
REQUESTS_PER_DAY = 100_000  # an outlet and day (UTC), over all its runs; its file may say less
QUIET_HOURS: list[str] = []  # of each outlet's clock, "23:00-05:00", beside those in its file: `kickcrawl run` waits
CIRCUIT_FAILURES = 8  # of a host in a row; then nothing more is asked of it in this run
PAUSE_LONGEST = 60.0  # seconds that a host is waited for; one that asks for more is asked nothing more in this run
MEMUSAGE_LIMIT_MB = 2048
# Only the web. file:, data:, ftp: and s3: would let a redirect read this machine.
DOWNLOAD_HANDLERS = {
    "http": "spiders.network.guard.GuardedHandler",
    "https": "spiders.network.guard.GuardedHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "spiders.network.guard.GuardedResolver"
DNS_TIMEOUT = 10.0  # seconds

# Scrapy's own, but for cookies (we are nobody's returning visitor) and those that others here replace. Left out, not
# set to None: Scrapy imports that all the same, and its robots.txt, cookies and remote control cost each start 0.25 s.
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": 300,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": 900,
}
DOWNLOADER_MIDDLEWARES = {
    "spiders.network.robots.RobotsMiddleware": 100,  # and no OffsiteMiddleware: spiders.network.guard knows the hosts
    "spiders.network.budget.BudgetMiddleware": 110,
    "spiders.network.observe.ObserveMiddleware": 565,  # behind decompression and redirects
    "spiders.network.cut.CutMiddleware": 570,  # behind decompression
    "spiders.network.refresh.RefreshMiddleware": 580,
    "spiders.network.held_bytes.HeldMiddleware": 585,  # behind decompression
    "spiders.network.compressed.CompressedMiddleware": 590,
    "spiders.network.pace.PaceMiddleware": 596,
    "spiders.network.cookies.CookieMiddleware": 602,  # before redirects are followed (600)
    "spiders.network.conditional.ConditionalMiddleware": 603,  # between the two
    "spiders.network.capture.CaptureMiddleware": 605,  # before redirects are followed (600), bodies decompressed (590)
}
# Of Scrapy's own only this one: whatever yields a request or an item goes through each of them. No referrer is sent, no
# link is followed that could lead ever deeper, and what Scrapy drops as too long (2,083 characters) is never answered.
SPIDER_MIDDLEWARES_BASE = {"scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": 50}
ITEM_PIPELINES = {
    "pipelines.extract.ExtractPipeline": 100,
    "pipelines.store.StorePipeline": 400,
}
# Scrapy's own, but for those that listen on a port.
EXTENSIONS_BASE = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.memdebug.MemoryDebugger": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
    "scrapy.extensions.logstats.LogStats": 0,
    "scrapy.extensions.spiderstate.SpiderState": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}
EXTENSIONS = {"spiders.progress.Progress": 500}

# A log that a person reads; the figures are in the run's report.
LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)-7s %(message)s"
LOG_DATEFORMAT = "%H:%M:%S"
LOG_VERSIONS: list[str] = []
STATS_DUMP = False
STATS_CLASS = "spiders.stats.Stats"
LOGSTATS_INTERVAL = 0.0
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
ASYNCIO_EVENT_LOOP = "uvloop.Loop"  # takes 8 % of the event loop's CPU less than asyncio's own
