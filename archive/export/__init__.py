"""Exports: articles as JSON Lines, captures as WARC and WACZ with their index."""
