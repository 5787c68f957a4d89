"""Tests of kickcrawl/discovery."""
