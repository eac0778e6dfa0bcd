"""Exercises of the part Optimization: the physics."""
