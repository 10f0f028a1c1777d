"""Freeze numbers, find them again, and publish the review made of them."""
