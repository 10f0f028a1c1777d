"""Put a declared plan in the tables."""
