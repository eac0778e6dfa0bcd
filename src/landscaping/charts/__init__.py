"""Pictures: a table in, an Altair chart out. Importing this readies notebooks for the book's charts."""

from landscaping.charts.theme import use_book_charts

use_book_charts()
