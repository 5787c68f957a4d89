"""The state of an archive for those who watch it: a text file for Prometheus, and one page with plots."""
