"""Photos and documents of items and of models.

An attachment hangs on one item or on one model. Photos have an order, and one of them is the main
photo, whose key stands on the card as well. Documents have a kind, a title and a date. What is
removed keeps its row with the reason; its file is tidied away some weeks later.

A sent file is opened (``kernel.documents``), kept in the store (``kernel.files``), named by a row
(``rules``), shown and sent back by ``views``; ``on_item`` tells of it on the item's page, and
takes in the photos that other rooms put on a card.
"""
