"""Floor 5: rules that compare a project and its plan with what was agreed. Pure."""
