"""Exercises of the part Data: the terrain."""
