"""The sliders and choices of a chart as the browser's own controls. No Sphinx here."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sphinx_landscaping import legends

# What Vega itself calls so: a parameter of that name is drawn once and then never heard.
TAKEN = {
    "width", "height", "padding", "autosize", "background",
    "unit", "datum", "event", "item", "group", "parent",
}  # fmt: skip


def taken(part: Any) -> Iterator[str]:
    """The names of parameters, anywhere in a specification, that belong to Vega."""
    if isinstance(part, list):
        for item in part:
            yield from taken(item)
    elif isinstance(part, dict):
        yield from (p["name"] for p in part.get("params", []) if p.get("name") in TAKEN)
        for key, value in part.items():
            if key not in ("data", "datasets", "params"):
                yield from taken(value)


@dataclass(frozen=True)
class Control:
    """One signal of a chart that the reader sets: its name, its words, how it is set, where it starts."""

    signal: str
    words: str
    bind: dict[str, Any]
    start: Any
    field: str | None = None  # of a selection whose rows are set, where it is no plain signal


def controls_of(spec: dict) -> Iterator[Control]:
    """The controls that a chart binds: plain parameters, and fields of a selection."""
    for param in legends.bound(spec):
        yield from _legend(spec, param)
    for param in spec.get("params", []):
        bind = param.get("bind")
        if not isinstance(bind, dict):
            continue
        if legends.is_legend(bind):
            continue
        if "input" in bind:
            yield from _bound(param, bind)
        else:
            for field, inner in bind.items():
                yield Control(
                    f"{param['name']}_{field}", inner.get("name", field), inner, _start(param, field)
                )


def _legend(spec: dict, param: dict) -> Iterator[Control]:
    """A legend's choice: all, or one of what it names."""
    field, words, values = legends.chooses(spec, param)
    start = _start(param, field)
    if values:
        bind = {"input": "radio", "options": [None, *values]}
        yield Control(f"{param['name']}_store", words, bind, start, field)


def _bound(param: dict, bind: dict) -> Iterator[Control]:
    """A parameter, or a selection whose single binding serves each of its fields."""
    words = bind.get("name") or param["name"]
    select = param.get("select")
    fields = select.get("fields", []) if isinstance(select, dict) else []
    if not select:
        yield Control(param["name"], words, bind, param.get("value"))
    for field in fields:
        yield Control(f"{param['name']}_{field}", words, bind, _start(param, field))


def _start(param: dict, field: str) -> Any:
    value = param.get("value")
    first = value[0] if isinstance(value, list) and value else value
    return first.get(field) if isinstance(first, dict) else first


def shown(value: Any) -> str:
    """A value as the reader sees it: no tail of a float."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def is_ladder(bind: dict) -> bool:
    """True for a choice among four or more rising numbers: a slider with steps of its own."""
    options = bind.get("options", [])
    numbers = all(isinstance(o, int | float) and not isinstance(o, bool) for o in options)
    return bind["input"] == "select" and len(options) > 3 and numbers and sorted(options) == options


def _attributes(**values: Any) -> str:
    named = {
        k.rstrip("_").replace("_", "-"): v for k, v in values.items() if v is not None and v is not False
    }
    return "".join(f" {k}" if v is True else f' {k}="{html.escape(str(v))}"' for k, v in named.items())


def _slider(c: Control, name: str) -> str:
    low, high, step = c.bind.get("min", 0), c.bind.get("max", 100), c.bind.get("step", "any")
    start = low if c.start is None else c.start
    tag = _attributes(type="range", id=name, data_signal=c.signal, min=low, max=high, step=step, value=start)
    return f'<input{tag} aria-valuetext="{shown(start)}"><output for="{name}">{shown(start)}</output>'


def _ladder(c: Control, name: str) -> str:
    options, labels = c.bind["options"], c.bind.get("labels") or [shown(o) for o in c.bind["options"]]
    at = options.index(c.start) if c.start in options else 0
    rungs = {"min": 0, "max": len(options) - 1, "step": 1, "value": at}
    data = {"data_signal": c.signal, "data_values": json.dumps(options), "data_labels": json.dumps(labels)}
    tag = _attributes(type="range", id=name, **rungs, **data)
    said = html.escape(labels[at])
    return f'<input{tag} aria-valuetext="{said}"><output for="{name}">{said}</output>'


def _options(c: Control) -> Iterator[tuple[str, str, bool]]:
    options = c.bind["options"]
    labels = c.bind.get("labels") or ["all" if o is None else shown(o) for o in options]
    for option, label in zip(options, labels, strict=True):
        yield html.escape(json.dumps(option)), html.escape(str(label)), option == c.start


def _select(c: Control, name: str) -> str:
    inner = "".join(f'<option value="{v}"{" selected" * on}>{words}</option>' for v, words, on in _options(c))
    return f"<select{_attributes(id=name, data_signal=c.signal)}>{inner}</select>"


def _radio(c: Control, name: str) -> str:
    tag = _attributes(type="radio", name=name, data_signal=c.signal, data_field=c.field)
    inner = "".join(
        f'<label><input{tag} value="{v}"{" checked" * on}>{words}</label>' for v, words, on in _options(c)
    )
    return f'<div role="group" aria-labelledby="{name}-words">{inner}</div>'


def _checkbox(c: Control, name: str) -> str:
    return f"<input{_attributes(type='checkbox', id=name, data_signal=c.signal, checked=bool(c.start))}>"


def _field(c: Control, name: str) -> str:
    return f"<input{_attributes(type=c.bind['input'], id=name, data_signal=c.signal, value=c.start)}>"


KINDS = {"range": _slider, "select": _select, "radio": _radio, "checkbox": _checkbox}


def written(control: Control, name: str) -> str:
    """One control as HTML: its words, the browser's own input, and for a slider its value."""
    kind = control.bind["input"]
    make = _ladder if is_ladder(control.bind) else KINDS.get(kind, _field)
    words = html.escape(control.words.strip().rstrip(":"))
    label = (
        f'<span id="{name}-words">{words}</span>'
        if kind == "radio"
        else f'<label for="{name}">{words}</label>'
    )
    return f'<div class="control">{label}{make(control, name)}</div>'


def panel(spec: dict, prefix: str) -> str:
    """All controls of a chart, or nothing."""
    made = [written(control, f"{prefix}-{control.signal}") for control in controls_of(spec)]
    return f'<div class="controls">{"".join(made)}</div>' if made else ""
