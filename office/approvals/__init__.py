"""Approvals: who must say yes to a thing before it goes on, in which order, and who did.

Nouns: kind (of subject; each room above registers its own), path (ordered steps of a kind, kept in
editions), approval (one walk along a path), step, signer (who may sign it now), act, absence (with
a stand-in). A room calls ``rules.asking.submit(Request(…), by=…)``, keeps the approval's id in a
foreign key of its own, calls ``asking.void_if_changed`` after an edit and ``asking.answer`` with
the mended snapshot; its ``Kind`` is called back in the same unit of work when something is decided.

kinds (what a room registers) → states → models → queries → rules/{paths, candidates, moving,
signing, asking, links, notices, absences} → views. ``papers.signatures(approval)`` tells a paper
who signed; ``snapshot`` writes and hashes what they signed. Reasons: docs/adr/0006.
"""
