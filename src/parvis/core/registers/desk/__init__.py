"""Where a body that a lead names answers it."""
