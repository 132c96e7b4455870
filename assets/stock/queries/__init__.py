"""Reading for the pages of the room: items, documents, cards, shortages, counts."""
