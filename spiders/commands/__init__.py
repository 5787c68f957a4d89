"""Scrapy commands of this project; see settings.COMMANDS_MODULE."""
