"""The annual inspection (regulation 2560, clauses 213-214; rules R-I of the domain).

Nouns: a round (`Round`, the order, its units and its committee), the expected list frozen at
opening (`Expected`), rooms to walk (`RoundRoom`), scans that are only added (`Scan`, `ScanPhoto`),
one result of an item (`Result`), and proposals (`Proposal`), the differences that people decide.
States: planned, open, reviewing, closed; cancelled while planned.
Flow: `rules/planning` > `rules/opening` > `rules/scanning` (by page or by `api`, where a phone
sends what it scanned without a network) > `rules/reviewing` > `rules/deciding` and
`rules/applying` > `rules/closing`. Scanning never changes the register.
"""
