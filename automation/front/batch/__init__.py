"""Unattended runs: jobs of config.yaml, when they are due, workbooks each in a process of its own, what comes of them."""
