"""Tests of kickcrawl/page."""
