"""Tests of the domain, folder by folder as it is built."""
