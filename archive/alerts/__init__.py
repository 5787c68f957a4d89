"""Alerts: judged from the archive, kept with their begin and end, and delivered once to each target."""
