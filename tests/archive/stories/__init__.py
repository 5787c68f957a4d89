"""Tests of archive/stories."""
