"""Words that contributions quote, followed to the newest version: where they stand now, or why they are lost."""
