"""Engines in processes of their own: installed apart, limited, restarted, shared by everyone who asks."""
