"""All tables, one after the other: `make bench`."""

from benchmarks import building, ensemble, experiments, landscape, pages, recipes, sliders, speed

for table in (ensemble, recipes, experiments, building, landscape, pages, sliders, speed):
    print(f"\n{(table.__doc__ or '').splitlines()[0]}")
    table.main()
