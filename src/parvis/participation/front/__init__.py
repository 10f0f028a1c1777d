"""What debates hang on the front page: what is open now, what is owed and late, what was answered last."""
