"""Where those who have a mandate act: claim, withdraw, judge, give up."""
