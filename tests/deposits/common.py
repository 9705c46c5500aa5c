"""The program, and archives that it works on."""

import os
import subprocess
import sys
from pathlib import Path

FONDS = Path(sys.argv[1]).resolve()
SCHEMAS = Path(__file__).resolve().parents[2] / "target" / "formats-schemas"


def fonds(folder, *arguments, day="1795910400"):
    environment = os.environ | {"SOURCE_DATE_EPOCH": day}
    return subprocess.run(
        [FONDS, "--lang", "en", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def written(archive, files):
    for path, text in files.items():
        target = archive / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
