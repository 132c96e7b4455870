"""Specifications and comparisons of offers: what is to be bought, and which offer fits it best.

Nouns: specification (F05; draft → waiting → approved, in versions) with items, numbered
requirements and a working group; criterion (a row of an edition of the ICT price criteria); brand
word; comparison (F06; the same states) with offers of vendors, their prices and one finding for
each requirement. The working group writes and signs, the director approves; what is approved is a
public document that everybody reads and starts from.
states → models → criteria_models → comparison_models → access → queries → rules → forms → views;
``ranking`` and ``differences`` only count, ``approving`` speaks with the engine of approvals,
``papers`` and ``tables`` make what is printed, ``samples`` makes the same without a database.
"""
