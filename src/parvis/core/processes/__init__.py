"""Processes: who may contribute what, when, on what; what becomes of each contribution; who owes an answer."""
