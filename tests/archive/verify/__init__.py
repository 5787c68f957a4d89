"""Tests of archive/verify."""
