"""An archive for researchers, in Python: records, data frames and pages as they were fetched, read-only."""
