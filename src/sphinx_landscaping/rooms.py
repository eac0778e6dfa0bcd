"""The room that a page keeps for a playground before it wakes, as each playground's module states it."""

import re
from collections.abc import Iterable
from pathlib import Path

from .report import Stopped

ROOM = re.compile(r'^\s*static room = \{ narrow: "([^"]+)", wide: "([^"]+)" \};', re.MULTILINE)
WIDE = "34rem"  # of the column, in stage.mjs and its modules too
BOX = "html[data-scripts] .playground[data-playground={name}]:not([data-failed])::before"
RULE = BOX + " {{ height: calc({room}) }}"


def rules(modules: Iterable[Path]) -> str:
    """Style rules for all playgrounds: heights on narrow columns, then on wide ones."""
    found = {module.stem: stated(module) for module in modules}
    narrow = [RULE.format(name=name, room=room) for name, (room, _) in found.items()]
    wide = [RULE.format(name=name, room=room) for name, (_, room) in found.items()]
    return "\n".join([*narrow, f"@container (min-width: {WIDE}) {{", *wide, "}"]) if found else ""


def stated(module: Path) -> tuple[str, str]:
    """The two heights that a playground's module states."""
    found = ROOM.search(module.read_text("utf-8"))
    if not found:
        raise Stopped(
            f"{module.name} keeps no room on the page, so what stands below it would move when it wakes: "
            'give its class a line like static room = { narrow: "130cqw + 40rem", wide: "38rem" };'
        )
    return found[1], found[2]
