"""`./run demo`: a made-up chain, its central and one till with a window, ready to scan."""

from __future__ import annotations

import argparse
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from pos_app.bootstrap.network import enrol_till
from pos_app.bootstrap.stores import open_folder
from pos_app.storage.clock import SystemClock
from tests.support.demo_central import DemoCentral

DEFAULT_FOLDER = Path("var/demo")
STORE, NUMBER = "NT", 2


def prepare(folder: Path, central: DemoCentral, seed: int) -> Path:
    """Seed central and enrol the till where that has not been done; answers the till's folder."""
    till = folder / "till"
    if not central.is_seeded:
        print(central.seed(seed).strip())
        central.write_codes(folder / "codes")
    central.start()
    if not (till / "demo-pins.json").exists():
        opened = open_folder(till)
        if opened.identities.load() is None:
            enrol_till(opened, central.enrolment_code(STORE, NUMBER), central.url, SystemClock())
        opened.close()
        shutil.copyfile(central.folder / "demo-pins.json", till / "demo-pins.json")
        (till / "demo-pins.json").chmod(0o600)
    return till


def main() -> int:
    """Runs until the window is closed; the folder is kept, so the next start goes on."""
    parser = argparse.ArgumentParser(prog="./run demo", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--fresh", action="store_true", help="throw the demo's folder away first")
    chosen = parser.parse_args()
    folder: Path = chosen.folder.resolve()
    if chosen.fresh and folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    central = DemoCentral(folder / "central")
    central.folder.mkdir(exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        till = prepare(folder, central, chosen.seed)
        print(f"central: {central.url}   codes to scan (paste or drop): {folder / 'codes'}")
        print(f"receipts as pictures: {folder / 'receipts'}   PINs: on the sign-in screen")
        printer = f"file://{folder / 'printer.bin'}?png={folder / 'receipts'}"
        return subprocess.run(
            [sys.executable, "-m", "pos_app", "--data-dir", str(till), "--central", central.url, "--demo",
             "--printer", printer],
            check=False,
        ).returncode  # fmt: skip
    finally:
        central.stop()


if __name__ == "__main__":
    raise SystemExit(main())
