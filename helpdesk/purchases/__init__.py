"""Purchases: from the wish to buy or hire to the thing on the shelf, and the money for it.

Nouns: purchase (draft → waiting → approved → ordered → received → registered), its lines and
inspectors; budget (a fiscal year, a source, a project); order (to a vendor), delivery and its
acceptance (clause 175), which makes expected items of the register or a receipt into a store.
Everybody asks; the engine of approvals decides by the amount; the supply officer orders and takes
in. states → amounts → models → order_models → access → queries → rules → forms → views;
``approving`` speaks with the engine, ``papers`` prints the report (F01) and the acceptance.
"""
