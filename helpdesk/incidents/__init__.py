"""The register of security incidents and breaches of personal data (process 4; PDPA, s. 37 (4)).

Everybody who is signed in reports one; technicians and administrators of the whole office handle
it: classify, contain, fix, learn. Where personal data are concerned a clock of 72 hours runs from
the moment the office knew, until the notice to the Personal Data Protection Committee is written
down. ``states`` hold the steps, ``clock72`` the reminders, ``papers`` draw the notice; ``filling``
shows incidents on tickets and lets programmes count them.
"""
