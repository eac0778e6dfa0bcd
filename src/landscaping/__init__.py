"""The experiments of *Deep Landscaping*: what its chapters import."""
