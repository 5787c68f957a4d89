"""Tests of archive/cite."""
