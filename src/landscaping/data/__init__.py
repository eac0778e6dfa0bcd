"""What the land is made of: the terrain."""
