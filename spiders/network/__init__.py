"""Between Scrapy and the network: the address guard, robots.txt, pauses, bounds, captures, the browser."""
