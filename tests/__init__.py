"""Tests, one folder for each floor of the package."""
