"""Exercises of the part Generalization: why the valley holds."""
