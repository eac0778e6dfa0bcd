"""How shapes and types are checked while the tests run: by beartype, ints allowed where floats are meant."""

from beartype import BeartypeConf, beartype

check = beartype(conf=BeartypeConf(is_pep484_tower=True))
