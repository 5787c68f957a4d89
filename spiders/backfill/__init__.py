"""Fetch an outlet's past: from its own archives by the ordinary crawl, from web archives by a spider of its own."""
