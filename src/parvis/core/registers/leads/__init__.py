"""Flags and their leads, and where a body that a lead names answers it."""
