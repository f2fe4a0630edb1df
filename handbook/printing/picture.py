"""What one picture of the site is: plain data, so that the process that draws stays small."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A PNG: `path` is relative to the site, `template` draws it from `said`, sizes are in pixels."""

    path: str
    template: str
    width: int
    height: int
    said: dict[str, str]
    """What the template needs to know."""
    colours: int
    """At most so many: flat drawings weigh a third with a palette."""
