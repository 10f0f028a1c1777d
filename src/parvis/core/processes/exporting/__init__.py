"""Everything out, always: a debate's contributions as CSV, JSON lines and Parquet, with schema, licence and hash."""
