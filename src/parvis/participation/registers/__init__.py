"""The registers of debates, one folder each."""
