"""Registers of the climate."""
