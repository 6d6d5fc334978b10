"""Floor 4: working calendars, the network of tasks, its dates, float, forecast and slip. Pure."""
