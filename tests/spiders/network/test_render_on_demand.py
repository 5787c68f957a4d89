"""Sites of which it is not known whether they need a browser are crawled without loading one, until one does."""

import subprocess
import sys

from kickcrawl import CHECKOUT

# Makes the handlers that such a crawl begins with, as Scrapy does.
SCRIPT = """
import sys
from scrapy.settings import Settings
from scrapy.utils.misc import load_object
from spiders.network.render import apply_rendering

settings = Settings({"DOWNLOAD_HANDLERS": {"http": None}, "DOWNLOAD_TIMEOUT": 30})
apply_rendering(settings)
print(load_object(settings["DOWNLOAD_HANDLERS"]["http"]).__name__, "playwright" in sys.modules)
"""


def test_handler_of_sites_without_a_file_does_not_load_playwright() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("RenderedOnDemand False\n", "")
