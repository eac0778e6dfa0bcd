"""The site's tools: Sphinx extensions and the build. They know nothing of torch or of the experiments."""
