"""axe-core on an open page: what it finds, or nothing; also targets too small for a thumb (WCAG 2.2)."""

from pathlib import Path

from playwright.sync_api import Page

ALSO = {"target-size": {"enabled": True}}
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page, where: str = "html") -> list[list[str]]:
    """Each rule that is broken under a selector, with the first element that breaks it."""
    page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(
        """([where, rules]) => axe.run(where, { resultTypes: ['violations'], rules })
        .then((found) => found.violations.map((rule) => [rule.id, rule.nodes[0].html.slice(0, 200)]))""",
        [where, ALSO],
    )
