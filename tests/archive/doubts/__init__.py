"""Tests of archive/doubts."""
