"""The lending desk: one scan box lends and takes back, and a damaged item becomes a ticket.

It stands here, above loans and tickets, because it mixes them; it keeps nothing of its own. The
basket of an officer lives in ``assets.loans``.

queries  what a scan means, and the whole counter for one page → rules → views
"""
