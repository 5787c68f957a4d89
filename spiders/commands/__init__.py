"""Scrapy commands of this project; see settings.COMMANDS_MODULE."""

# First of all that is imported here: it scans all modules that are loaded by then, for 0.1 s more at the end.
import scrapy.core.downloader.handlers.http11  # noqa: F401
