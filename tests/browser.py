"""Finds the Chromium that the browser tests drive; as a command, installs one where that is possible.

Playwright's own download does not work on every network, so the system's browser is used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW_TO_GET_ONE = (
    "No Chromium found for the browser tests. Install one (Debian/Ubuntu: apt-get install chromium; "
    "Fedora: dnf install chromium), or name one in the variable CHROMIUM."
)

# No sandbox for root; no calls home, which a closed network would refuse one by one.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """The path of a Chromium, or None."""
    wanted = os.environ.get("CHROMIUM")
    return next((path for name in filter(None, (wanted, *NAMES)) if (path := shutil.which(name))), None)


def main() -> int:
    """Make sure there is a browser; exit code 1, and how to get one, where there is none."""
    if find():
        return 0
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests…", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            done = subprocess.run(["apt-get", *command], env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                print(done.stderr, file=sys.stderr)
    if find():
        return 0
    print(HOW_TO_GET_ONE, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
