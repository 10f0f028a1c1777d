"""What the pages of texts are given: one frozen value each, shown as HTML, JSON or CSV."""
