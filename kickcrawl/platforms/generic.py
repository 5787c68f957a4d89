"""Any site of which no platform is known: its feeds are those that it names, or stand where most sites have them."""

from kickcrawl.platforms.record import Platform

GENERIC = Platform(
    name="generic",
    sitemaps=("sitemap.xml", "sitemap_index.xml", "sitemap-index.xml"),
    feeds=("feed/", "rss.xml", "feed.xml", "rss", "atom.xml"),
)
