"""A playground's modules as one text, in the form that a notebook imports."""

import pytest

from landscaping.playgrounds.joining import joined
from landscaping.playgrounds.playground import HERE


def write(folder, **modules):
    for name, text in modules.items():
        (folder / f"{name}.mjs").write_text(text)
    return folder / "top.mjs"


def test_every_module_is_there_once_and_after_what_it_needs(tmp_path):
    top = write(
        tmp_path,
        low="export const one = 1;\n",
        middle='import { one } from "./low.mjs";\nexport function two() { return 2 * one; }\n',
        top=(
            'import {\n  two,\n} from "./middle.mjs";\n'
            'import { one } from "./low.mjs";\nexport default two();\n'
        ),
    )
    assert joined(top) == (
        "const $low = (() => {\nconst one = 1;\nreturn { one };\n})();\n"
        "const $middle = (() => {\nconst { one } = $low;\nfunction two() { return 2 * one; }\n"
        "return { two };\n})();\nconst { two } = $middle;\nconst { one } = $low;\nexport default two();\n"
    )


@pytest.mark.parametrize("path", sorted(HERE.glob("*.mjs")), ids=lambda path: path.stem)
def test_every_module_of_the_library_can_be_joined(path):
    text = joined(path)
    assert "\nimport " not in f"\n{text}"
    assert "import(" not in text


@pytest.mark.parametrize(
    "line",
    ['import * as low from "./low.mjs";', 'import low from "./low.mjs";', 'import { a } from "three";',
     "export { a };", "export let a = 1;", 'export * from "./low.mjs";'],
)  # fmt: skip
def test_another_form_is_refused_with_a_sentence(tmp_path, line):
    top = write(tmp_path, low="export const a = 1;\n", top=f"{line}\nexport default 1;\n")
    with pytest.raises(ValueError, match=r"top\.mjs: `(import|export) .*` cannot be joined"):
        joined(top)


def test_a_name_that_is_not_exported_is_named(tmp_path):
    top = write(
        tmp_path, low="export const a = 1;\nconst b = 2;\n", top='import { a, b } from "./low.mjs";\n'
    )
    with pytest.raises(ValueError, match=r"top\.mjs imports b, which low\.mjs does not export"):
        joined(top)


def test_a_circle_is_named(tmp_path):
    top = write(
        tmp_path, low='import { b } from "./top.mjs";\nexport const a = 1;\n',
        top='import { a } from "./low.mjs";\nexport const b = 1;\n',
    )  # fmt: skip
    with pytest.raises(ValueError, match=r"top\.mjs imports low\.mjs imports top\.mjs: cut this circle"):
        joined(top)
