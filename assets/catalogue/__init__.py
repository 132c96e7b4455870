"""The catalogue: the classes of things, with what holds for each: life, loan days, service, faults.

Nouns: class (``AssetClass``), symptom. The register says which things there are; the catalogue says
what kind of thing each is. The service comes with a catalogue, which an office makes its own.
"""
