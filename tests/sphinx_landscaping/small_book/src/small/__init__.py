"""What the chapters of the small book import."""
