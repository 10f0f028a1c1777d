"""Destroy what a contribution said, or who signed it: the tombstone and the leaves of the log stay."""
