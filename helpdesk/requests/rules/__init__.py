"""The verbs of requests, by who does them."""
