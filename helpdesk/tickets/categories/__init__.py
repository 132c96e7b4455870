"""What reports are about, as data: categories, each with a few short questions of its own.

Nouns: category (named by a code that tickets carry), question (text, choice, yes or no, number),
answer (stands on the ticket, in the words of its day).
Used by everybody who reports, and by administrators who keep the list.

Flow: ``queries.offered`` gives the report pages what to choose from → ``forms.asking`` puts the
questions of the chosen category into their form → ``answers.read`` takes what was answered →
``rules.keep_answers`` writes it down with the ticket. Until an office changes something, the list
is the shipped one (``data/*.csv``).
"""
