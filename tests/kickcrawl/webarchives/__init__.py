"""Tests of kickcrawl/webarchives."""
