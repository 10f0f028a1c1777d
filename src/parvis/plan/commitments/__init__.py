"""The commitments of the plan, one folder each."""
