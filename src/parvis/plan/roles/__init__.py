"""The roles of the plan, one module each."""
