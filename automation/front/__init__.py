"""Floor 7: the doors (command line, later ribbon and batch) and the runner that performs effects. Does I/O."""
