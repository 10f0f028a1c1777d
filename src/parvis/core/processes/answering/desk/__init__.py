"""Where those who answer work: what their body owes, what resembles what, the answer and its preview."""
