"""Exercises of the part Unsupervised: learning without labels."""
