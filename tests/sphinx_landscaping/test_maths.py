"""TeX becomes MathML that a strict page accepts."""

from pathlib import Path

import dukpy
import pytest

from sphinx_landscaping import fonts, maths

PACKAGES = Path(__file__).parents[2] / "node_modules"
FORMULAS = [
    r"L(\phi)=\tfrac12\lambda\phi^2",
    r"\begin{align}a&=b\\c&=d\end{align}",
    r"f(x)=\begin{cases}1&x>0\\0&\text{otherwise}\end{cases}",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\begin{array}{lcr}a&b&c\end{array}",
    r"\hat{\boldsymbol\phi}=\operatorname*{argmin}_{\boldsymbol\phi} L[\boldsymbol\phi]",
    r"\sqrt{\mathbb{E}[\mathbf{x}^\top\mathbf{A}]}",
    r"\sum_{\substack{i<j\\k}} x \underbrace{a+b}_{c}",
    r"\left\lVert\frac{\partial L}{\partial\phi}\right\rVert",
    r"\mathcal{N}(\mu,\Sigma)\quad\bar x\,\tilde{x}\,\widehat{xyz}\,\vec v",
    "a&=b\\\\c&=\\begin{cases}1\\\\2\\end{cases}",
]


def rendered(tex: str) -> str:
    """MathML of a display as Temml gives it."""
    return maths.engine(PACKAGES / "temml" / "dist" / "temml.min.js")(maths.prepared(tex, True), True)


@pytest.mark.parametrize("tex", FORMULAS)
def test_formulas_of_a_book_keep_no_inline_style(tex):
    markup, unknown = maths.without_styles(rendered(tex))
    assert markup.startswith("<math")
    assert unknown == []
    assert " style=" not in markup


def test_a_style_without_a_class_is_told():
    assert maths.without_styles(rendered(r"\color{red}x"))[1] == ["color:#ff0000"]


def test_tex_that_cannot_be_read_raises_with_its_reason():
    with pytest.raises(dukpy.JSRuntimeError, match="ParseError"):
        rendered(r"\frac{a")


def test_bare_lines_are_aligned_and_environments_left_alone():
    assert maths.prepared(r"a&=b\\c", True) == r"\begin{aligned}a&=b\\c\end{aligned}"
    assert maths.prepared(r"\begin{cases}a\\b\end{cases}", True) == r"\begin{cases}a\\b\end{cases}"
    assert maths.prepared(r"\begin{align*}a\end{align*}", True) == r"\begin{aligned}a\end{aligned}"
    assert maths.prepared("a & b", False) == "a & b"


def test_the_font_holds_the_slanted_letters_that_a_browser_draws():
    assert fonts.used("<math><mi>x</mi><mi>h</mi><mi>sin</mi><mn>2</mn></math>") == "".join(
        sorted("xhsin2" + "𝑥ℎ")
    )
    assert fonts.slanted("λ") == "𝜆"


@pytest.mark.slow
def test_the_font_is_small_and_keeps_its_table_for_maths(tmp_path):
    from fontTools.ttLib import TTFont

    path = tmp_path / "cut.woff2"
    path.write_bytes(fonts.cut(PACKAGES / "@fontsource" / "stix-two-math" / fonts.FILE, "𝑥√(+"))
    assert path.stat().st_size < 20_000
    with TTFont(path) as font:
        assert "MATH" in font
        assert ord("𝑥") in font.getBestCmap()


def test_temmls_style_sheet_asks_for_nothing_elsewhere():
    css = fonts.style((PACKAGES / "temml" / "dist" / "Temml-STIX2.css").read_text("utf-8"))
    assert "data:" not in css
    assert "/*" not in css
    assert css.count("url(") == 1
    assert "url(math.woff2)" in css
