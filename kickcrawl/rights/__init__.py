"""Rights as observed: what pages, headers and files of a site say of them, as statements. Observed, not judged."""
