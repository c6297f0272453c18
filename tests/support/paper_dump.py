"""A composed document as plain text, for golden files: what stands where, without dots."""

from __future__ import annotations

from printing.document import Align, Box, Columns, Document, Item, Qr, Rule, Space, Text


def dump(document: Document) -> str:
    """One line an item; sizes and weights in brackets where they are not the usual 24/500."""
    lines = [line for item in document.items for line in _item(item)]
    return "\n".join([*lines, "--8<--" if document.cut else "(not cut)", ""])


def _item(item: Item) -> list[str]:
    match item:
        case Text():
            return [_text(item)]
        case Columns():
            return [" | ".join(_text(cell) for cell in item.cells)]
        case Rule():
            return ["- - - -" if item.dashed else "======="]
        case Space():
            return []
        case Box():
            return ["+", *(f"+ {line}" for inner in item.items for line in _item(inner)), "+"]
        case Qr():
            inner = [line for beside in item.beside for line in _item(beside)]
            return [f"# QR {item.text}", *(f"# {line}" for line in inner)]


def _text(text: Text) -> str:
    style = "" if (text.size, text.weight) == (24, 500) else f"[{text.size}/{text.weight}] "
    arrow = {Align.LEFT: "", Align.CENTRE: "^ ", Align.RIGHT: "> "}[text.align]
    return f"{arrow}{style}{text.text.replace(chr(0xA0), '_')}"
