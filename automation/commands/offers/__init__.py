"""What is offered at every door, by group of the ribbon. Not here: what a command does (the modules above this folder)."""
