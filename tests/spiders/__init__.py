"""Tests of what crawls: most run `scrapy crawl` against a server on loopback."""
