"""Reports that are tables: what each of them says about one register on one date."""
