"""Putting a question of its own to the vote, seen as voters will see it before it is opened."""
