"""All tables, one after the other: `make bench`."""

from benchmarks import building, ensemble

for table in (building, ensemble):
    print(f"\n{(table.__doc__ or '').splitlines()[0]}")
    table.main()
