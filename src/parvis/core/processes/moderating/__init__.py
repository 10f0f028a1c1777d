"""Moderation after publication: reports, decisions with their reasons, appeals, a public register."""
