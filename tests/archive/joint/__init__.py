"""Tests of archive/joint."""
