"""Texts of addressable units, every version kept: a bill through its steps, a code in force, a plan."""
