"""Tests of kickcrawl/commands."""
