"""Open a debate: its procedure, its dates, its draft, its publication."""
