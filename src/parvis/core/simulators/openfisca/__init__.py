"""OpenFisca's own web API, answered by an engine: its clients change their address, and nothing else."""
