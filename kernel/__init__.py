"""Technical ground: no table and no business noun lives here."""
