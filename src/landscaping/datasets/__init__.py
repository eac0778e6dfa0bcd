"""Where examples come from; each module says the source and the shapes of its own."""
