"""Central runs where no till is installed."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import sys
for name in ("PySide6", "shiboken6", "requests", "sqlcipher3", "escpos", "keyring", "zxingcpp", "pyzbar"):
    sys.modules[name] = None  # importing it raises ImportError
import central.app, central.main, central.seed.commands
loaded = [name for name in sys.modules if name.split(".")[0] in ("ui", "printing")]
ours = ("pos_app.storage", "pos_app.services", "sync.client")
loaded += [name for name in sys.modules if name.startswith(ours)]
sys.exit(f"loaded: {loaded}" if loaded else 0)
"""


def test_central_imports_nothing_of_a_till() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
