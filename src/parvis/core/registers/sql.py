"""Write names and texts inside DuckDB's SQL, for the few places where a parameter cannot stand."""


def name(identifier: str) -> str:
    """Quote the name of a table or of a column."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """Quote a text."""
    return "'" + value.replace("'", "''") + "'"
