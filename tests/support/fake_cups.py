"""`lp`, `lpstat` and `cancel` on PATH: a queue in a folder, as CUPS looks from outside."""

from __future__ import annotations

import os
from pathlib import Path

_SCRIPT = """#!{python}
import pathlib, shutil, sys
home, words = pathlib.Path({home!r}), sys.argv[1:]
name = pathlib.Path(sys.argv[0]).name
with (home / "said").open("a") as said:
    print(name, *words, file=said)
if name == "lp":
    if (home / "refuses").exists():
        sys.exit("lp: The printer or class does not exist.")
    number = len(list(home.glob("paper-*"))) + 1
    shutil.copy(words[-1], home / f"paper-{{number}}")
    if (home / "stuck").exists():
        (home / f"waiting-{{number}}").touch()
    print(f"request id is counter-{{number}} (1 file(s))")
elif name == "cancel":
    (home / ("waiting-" + words[-1].rsplit("-", 1)[1])).unlink()
elif "-p" in words:
    if words[-1] != "counter":
        sys.exit(f"lpstat: Invalid destination name in list {{words[-1]!r}}.")
    state = "disabled since Sat" if (home / "disabled").exists() else "is idle.  enabled since Sat"
    print(f"printer counter {{state}} 21 Nov 2026")
else:
    for one in sorted(home.glob("waiting-*")):
        number = one.name.rsplit("-", 1)[1]
        print(f"counter-{{number}}    quay    86432   Sat 21 Nov 2026 02:33:05 PM +07")
"""


class FakeCups:
    """A queue named `counter`. Touch `refuses`, `stuck`, `disabled` in `home` to change what it does."""

    def __init__(self, home: Path, python: str) -> None:
        self.home = home / "cups"
        self.programs = home / "bin"
        self.home.mkdir()
        self.programs.mkdir()
        for name in ("lp", "lpstat", "cancel"):
            program = self.programs / name
            program.write_text(_SCRIPT.format(python=python, home=str(self.home)), "utf-8")
            program.chmod(0o755)
        self.path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"

    def set(self, name: str) -> None:
        (self.home / name).touch()

    def papers(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.home.glob("paper-*"))]

    def said(self) -> list[str]:
        return (self.home / "said").read_text("utf-8").splitlines()

    def waiting(self) -> int:
        return len(list(self.home.glob("waiting-*")))
