"""The words of the `parvis` command: one module each, with its `command`."""
