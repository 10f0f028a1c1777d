"""What is owed when: by whom, to which contributions."""
