"""The pool of worker processes that read pages and seeds, with a time limit for each."""
