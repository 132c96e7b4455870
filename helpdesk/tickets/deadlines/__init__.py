"""What the timetable does about deadlines: tells people in time, reckons open tickets anew.

The deadlines themselves are reckoned in ``rules/deadlines``, the steps taken in
``rules/escalating``; the targets stand in ``targets``.
"""
