"""Tests of the archive, folder by folder as it is built."""
