"""Exercises of the part Supervised: learning from labelled examples."""
