"""Knowledge: articles that help people to help themselves.

An *article* is written in Markdown, in Thai and if possible in English, about a class of items, a
product model or in general. It goes from draft to published; a published one is reviewed once in a
while; what is out of date is retired. *Versions* keep what it said before and who changed it, a
*vote* whether it helped. Guests read public articles, those who work on tickets internal ones.

Flow: ``views/writing`` -> ``forms`` -> ``rules`` -> ``models``; ``queries.matching`` finds what
fits a report; ``text`` makes safe pages of Markdown; ``starters`` holds articles to begin with.
"""
