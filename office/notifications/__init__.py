"""Messages that reach people: delivery of what the rules left in outgoing messages.

The job ``deliver`` sends by e-mail where a mail server is configured, retries with growing
pauses, and keeps every failure readable; the person's inbox page shows the same messages.
"""
