"""Exercises of the part Models: what the model can be."""
