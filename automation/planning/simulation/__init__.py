"""Monte Carlo simulation of a plan, from the status date on: how likely each finish is. Needs numpy, which loads here only."""
