"""Any site of which no platform is known: its sitemap and feeds are those that it names, or stand where most have them.

Astro, and plugins of other generators after it, write sitemap-index.xml.
"""

from kickcrawl.platforms.record import Platform

GENERIC = Platform(
    name="generic",
    sitemaps=("sitemap.xml", "sitemap_index.xml", "sitemap-index.xml"),
    feeds=("feed/", "rss.xml", "feed.xml", "rss", "atom.xml"),
)
