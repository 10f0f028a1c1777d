"""A vote on words that have changed since they were read: both are shown, and the choice is kept."""
