"""Why the valley holds: what training says about examples never seen."""
