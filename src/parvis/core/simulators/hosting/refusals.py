"""What an engine's process may refuse, beside what the engine itself refuses."""

from parvis.core.errors import ParvisError
from parvis.core.simulators import contract


class UnknownEngine(ParvisError):
    """No engine is declared under this name."""


class EngineNotInstalled(ParvisError):
    """The engine's own libraries are not here yet."""


class EngineBusy(ParvisError):
    """Too many calculations wait: come back a little later."""


class EngineStopped(ParvisError):
    """The engine's process died while it computed; another one takes the next call."""


class TooLong(ParvisError):
    """The calculation passed the engine's time limit."""


class TooLarge(ParvisError):
    """The table, or what it makes, passes the engine's memory limit."""


class NotAnswered(ParvisError):
    """The engine does not do this: it cannot explain, or ask, or has no cases of its own."""


class WrongFrame(ParvisError):
    """What came through the socket is not what the two sides agreed on."""


KNOWN: dict[str, type[ParvisError]] = {
    known.__name__: known
    for known in (
        contract.RefusedInput,
        contract.UnknownField,
        contract.WrongValue,
        contract.WrongPeriod,
        contract.CircularDefinition,
        EngineBusy,
        EngineStopped,
        TooLong,
        TooLarge,
        NotAnswered,
        WrongFrame,
    )
}
"""The refusals that cross the socket, by name; another of the engine's own crosses as the nearest of them."""


def name_of(error: ParvisError) -> str:
    """Return the name under which a refusal crosses the socket."""
    return next((kind.__name__ for kind in type(error).__mro__ if kind.__name__ in KNOWN), "RefusedInput")
