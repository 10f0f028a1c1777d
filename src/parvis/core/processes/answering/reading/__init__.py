"""What several pages of answers read: what is owed, how a contribution is told, who may answer."""
