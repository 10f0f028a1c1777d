"""How commitment 2 measures itself."""

from parvis.core.undertakings.indicators import Indicator

INDICATORS: tuple[Indicator, ...] = ()
