"""The privacy notice of the service (PDPA, section 23), in editions.

``data/`` holds the shipped text, edition 0; an administrator publishes later ones. Everybody may
read it, signed in or not. After signing in a strip asks to read the newest edition until the person
says that they have (``welcoming``); that is written down. It is no consent: the office works on its
public task and its legal duties.
"""
