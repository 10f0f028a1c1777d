"""Where moderators work: the queue, the decision and its preview, the appeals."""
