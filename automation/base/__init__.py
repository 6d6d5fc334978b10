"""Floor 1: findings, rules, errors, settings and units that every other floor uses. Pure."""
