"""`python -m parvis` is the `parvis` command."""

from parvis.config.cli import main

main()
