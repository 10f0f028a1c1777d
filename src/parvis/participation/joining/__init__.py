"""Where texts and debates meet: what a debate is about, the debates that a text has."""

SCHEME = "textes"
"""How a debate names a text: « textes/<identifiant> »."""
