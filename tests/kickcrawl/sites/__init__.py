"""Tests of kickcrawl/sites."""
