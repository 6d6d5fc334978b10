"""Levelling: work that shares people and things of limited capacity, put in an order that needs little time. Pure."""
