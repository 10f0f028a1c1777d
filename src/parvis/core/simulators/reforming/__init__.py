"""A reform: parameters changed, and what it does to a household, to typical cases and to a population."""
