"""What the model can be: the trees."""
