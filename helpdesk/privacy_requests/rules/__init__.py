"""The verbs of requests about own data: ask, answer, refuse, propose, carry out, remind."""
