"""The files by which a version leaves: Akoma Ntoso, Markdown, plain text, JSON."""
