"""A playground's modules in a real browser: call what they export, or show a playground and play.

kit = PlaygroundPage(page)
kit.call("small_network", "(network, at, x) => [...]", at, x)   # JSON in, JSON out
kit.show(Landscape(rule="adam")); kit.state(); kit.said(); kit.button("Play").click()
"""

import json
import pkgutil
from importlib import import_module
from typing import Any

from playwright.sync_api import Locator, Page

from landscaping import playgrounds
from landscaping.playgrounds.joining import joined
from landscaping.playgrounds.playground import HERE, Playground

SITE = "http://book.test/"
POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>playground</title>{POLICY}
<meta name="viewport" content="width=device-width,initial-scale=1"></head>
<body><main><h1>A playground</h1><div id="here"></div></main>
<script type="module" src="host.mjs"></script></body></html>"""
HOST = """
class Model {
  constructor(state) { this.state = state; this.hears = {}; this.saved = 0; }
  get(key) { return this.state[key]; }
  set(key, value) { this.state[key] = value; for (const hear of this.hears["change:" + key] ?? []) hear(); }
  save_changes() { this.saved++; }
  on(event, hear) { (this.hears[event] ??= []).push(hear); }
  off(event, hear) { this.hears[event] = this.hears[event].filter((h) => h !== hear); }
}
const load = (name) => import(`./${name}.mjs`);
window.load = load;
window.show = async (name, state) => {
  const { default: playground } = await load(`joined/${name}`);
  window.model = new Model(state);
  window.close = playground.render({ model: window.model, el: document.getElementById("here") });
};
document.documentElement.dataset.ready = "";
"""
ROOM = "document.querySelector('#here').shadowRoot"


def every_playground() -> list[type[Playground]]:
    """Every kind of playground of the library, by its module's name."""
    for found in pkgutil.iter_modules(playgrounds.__path__):
        import_module(f"landscaping.playgrounds.{found.name}")
    return sorted((kind for kind in Playground.__subclasses__() if kind.module), key=lambda kind: kind.module)


class PlaygroundPage:
    """A page that has the playgrounds' modules and nothing else, under the book's strict policy.

    `show` starts the one joined text that a notebook gets; `call` imports the files one by one.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.wrong = page, []
        page.route("**/*", self._answer)
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.goto(SITE)
        page.locator("html[data-ready]").wait_for()

    @staticmethod
    def _answer(route: Any) -> None:
        name = route.request.url.removeprefix(SITE)
        path = HERE / name.removeprefix("joined/")
        if name in ("", "host.mjs"):
            kind, text = ("text/javascript", HOST) if name else ("text/html", PAGE)
        else:
            found = path.suffix == ".mjs" and path.is_file()
            kind, text = "text/javascript", _text(path, name) if found else "throw new Error('no module')"
        route.fulfill(content_type=f"{kind}; charset=utf-8", body=text)

    def call(self, module: str, function: str, *arguments: Any) -> Any:
        """What a JavaScript function of the module and these arguments returns; lists, not typed arrays."""
        script = f"async ([name, given]) => ({function})(await load(name), ...given)"
        return self.page.evaluate(script, [module, arguments])

    def show(self, playground: Playground | str, state: dict | None = None) -> "PlaygroundPage":
        """Start a playground in its own state, or the module of this name in any state."""
        name = playground if isinstance(playground, str) else playground.module
        given = state if isinstance(playground, str) else playground.state()
        self.page.evaluate("([name, state]) => show(name, state)", [name, given])
        return self

    def state(self) -> dict:
        """What the model holds now."""
        return json.loads(self.page.evaluate("JSON.stringify(model.state)"))

    def said(self) -> str:
        """The words of the live region."""
        return self.page.locator(".say").inner_text()

    def button(self, name: str) -> Locator:
        """A button by its words."""
        return self.page.get_by_role("button", name=name, exact=True)


def _text(path: Any, name: str) -> str:
    return joined(path) if name.startswith("joined/") else path.read_text("utf-8")
