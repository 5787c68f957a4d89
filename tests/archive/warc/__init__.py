"""Tests of archive/warc."""
