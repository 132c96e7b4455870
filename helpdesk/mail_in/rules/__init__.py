"""The verbs of mails: keeping them as they came, handling them, what a person does with one."""
