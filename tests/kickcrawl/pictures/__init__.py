"""Tests of kickcrawl/pictures."""
