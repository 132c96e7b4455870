"""Pages of maintenance: the year, the plans, the visits, the work on an item."""
