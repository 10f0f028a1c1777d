"""The pages that everyone reads: the directory, a debate, a unit, the lists, a contribution."""
