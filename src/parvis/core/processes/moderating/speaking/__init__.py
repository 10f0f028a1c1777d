"""What a person says to moderation: a report, an appeal."""
