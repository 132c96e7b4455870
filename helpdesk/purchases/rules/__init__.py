"""The verbs of purchases, by noun: drafts, decisions, budgets, orders, deliveries, the story."""
