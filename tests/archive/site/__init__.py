"""Tests of archive/site."""
