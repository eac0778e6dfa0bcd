"""Where in a PDF of Chromium's the ids of its page stand: what its table of contents has to know."""

import re

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
PLACE = re.compile(rb"/((?:[^\s/\[\]<>()#]|#[0-9a-fA-F]{2})+) \[(\d+) 0 R /XYZ")
CODED = re.compile(rb"#([0-9a-fA-F]{2})")
REFERENCE = re.compile(rb"(\d+) 0 R")


def places(pdf: bytes) -> dict[str, int]:
    """Id -> number of its page, from 1, for every id that a link of the document names."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    numbers = {page: at for at, page in enumerate(pages(objects), 1)}
    catalog = next(body for body in objects.values() if b"/Type /Catalog" in body)
    named = re.search(rb"/Dests (\d+) 0 R", catalog)
    found = PLACE.findall(objects[int(named[1])]) if named else []
    return {decoded(name): numbers[int(page)] for name, page in found}


def pages(objects: dict[int, bytes]) -> list[int]:
    """The objects of the pages, in their order."""
    root = next(number for number, body in objects.items()
                if b"/Type /Pages" in body and b"/Parent" not in body)  # fmt: skip
    return list(below(objects, root))


def below(objects: dict[int, bytes], node: int) -> list[int]:
    """The pages under a node of the page tree."""
    kids = re.search(rb"/Kids \[(.*?)\]", objects[node], re.DOTALL)
    if b"/Type /Pages" not in objects[node] or not kids:
        return [node]
    return [page for kid in REFERENCE.findall(kids[1]) for page in below(objects, int(kid))]


def decoded(name: bytes) -> str:
    """A PDF name as the id that it stands for."""
    return CODED.sub(lambda found: bytes([int(found[1], 16)]), name).decode()
