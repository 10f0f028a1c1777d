"""The survey of a debate: its questions as the team writes them, and what was answered."""
