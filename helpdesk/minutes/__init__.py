"""Minutes: meetings of working groups and of any people, from the agenda to the adopted minutes.

Nouns: meeting (session n of a body in a year), person of the meeting (duty, reply, presence), item
of the agenda (the five customary sections are shipped) with its minutes and resolution, task.
States: draft → called → held → circulated → adopted; cancelled before it is held. The owner, the
chair and the secretary write; who is invited reads and replies; tasks stand on the person's home.

states → shipped → models → access → queries → rules/{calling, agenda, holding, tasks} → forms →
views; ``papers`` prints invitation and minutes, ``jobs`` watches the days of the tasks.
"""
