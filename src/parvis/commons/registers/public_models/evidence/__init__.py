"""What this site runs, read from its engines and published as a release like any other."""
