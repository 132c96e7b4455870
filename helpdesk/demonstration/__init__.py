"""The demonstration office: made-up people, a real-shaped register and a year of work.

Nouns: standing (what a database holds), draft (the database while it is filled), step (one
moment of the year), story (all of them). Nothing here writes past the rules.

ground.py    which database may be filled; the draft that gets its name at the end
script.py    what people say and do, from data/
cast.py      units and people
things.py    the register: books, classes, labels, pictures
diary.py     steps in the order of time
lendings.py  the loans of a year       faults.py  the tickets of a year
story.py     all of it in order        welcome.py  what the terminal prints
"""
