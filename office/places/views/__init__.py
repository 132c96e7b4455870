"""Pages of places: units and rooms, the people of the units, imports, the first start."""
