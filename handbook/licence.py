"""The licence under which the handbook's words may be used again, as its pages, prints and JSON name it."""

from __future__ import annotations

LICENCE_NAME = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
