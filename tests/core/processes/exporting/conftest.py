"""The published debate of imports, and its steward: what is exported is what an import may bring back."""

from core.processes.importing.conftest import at, body, debate, steward

__all__ = ["at", "body", "debate", "steward"]
