"""Destroy what a lead, a reader or a steward wrote: the act stays, and the proof that it was done."""
