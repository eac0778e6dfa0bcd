"""Learning without labels: how the examples themselves are spread, and how to draw new ones."""
