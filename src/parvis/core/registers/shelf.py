"""Every register that a room declares, by slug. The core looks here, and never imports a room."""

from parvis.core.discovery import Shelf
from parvis.core.registers.register import Register

REGISTERS: Shelf[Register] = Shelf("registers", "REGISTER")
