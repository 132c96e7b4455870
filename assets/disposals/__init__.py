"""Disposals: the end of life of equipment (regulation 2560, clauses 214-219; rules R-D).

Nouns: a case (`Disposal`) with its number, order and method; its items (`DisposalLine`); its
fact-finding committee (`DisposalMember`); what people were told (`DisposalNotice`). States:
proposed, investigating, preparing, submitted, approved, ordered, carried_out, struck_off, closed;
cancelled.

`rules/proposing` (by hand, by the annual inspection, by a ticket) > `rules/finding_out` (committee,
or directly for plain wear) > `rules/deciding` (method and approval, kind "disposal" of
`office.approvals`) > `rules/carrying_out` > `rules/removing` (struck off, reported, closed, found
again). `methods` says what each way of disposal asks for, `deadlines` the days of the regulation,
`papers` prints. An item is awaiting disposal as long as it is in an open case.
"""
