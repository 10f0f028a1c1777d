"""Find the fields of a model, walk through its parameters, read one."""
