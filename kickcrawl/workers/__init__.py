"""The pool of worker processes that read pages and seeds, with a time limit for each."""

# The function that reads a page, as module:name. Given by name so that only the workers import trafilatura.
EXTRACT = "kickcrawl.extract:extract"
