"""Floor 6: commands, pure functions from a project to an outcome that the front performs. Pure."""
