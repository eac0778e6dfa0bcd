"""What computes in the reader's browser: the `.py` states, the `.mjs` beside it computes.

A chapter imports the playground that it shows, `from landscaping.playgrounds.landscape import Landscape`:
then it runs again when that one changes, or the kit that all share, and not when another does.
"""
