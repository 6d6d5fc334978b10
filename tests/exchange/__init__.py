"""Tests of reading the plan files of other programs."""
