"""All tables, one after the other: `make bench`."""

from benchmarks import building, ensemble, landscape

for table in (ensemble, building, landscape):
    print(f"\n{(table.__doc__ or '').splitlines()[0]}")
    table.main()
