"""Keeping the store of files in order: what is named, what is forgotten, moving to another store.

``named`` finds every column that names a file. The nightly job removes files that no row has named
for some weeks; ``flask files move`` copies all of them to another store; the doctor asks for rows
whose file is missing.
"""
