"""Pages that mix floors: home, what a scan shows, the one search box, the lending desk.

Nothing is kept here; every page puts together what the rooms below know.
"""
