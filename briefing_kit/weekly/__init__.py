"""A run that can be trusted: parameters, plan, execute, publish, manifest."""
