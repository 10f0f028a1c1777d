"""The pages where a text is read: a version, an article, who its words come from."""
