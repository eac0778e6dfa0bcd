"""How the marble moves: the physics."""
