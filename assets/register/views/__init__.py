"""Pages of the register: items, and imports of workbooks."""
