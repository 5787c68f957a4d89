"""Tests of archive/takedown."""
