"""Rendered lessons in; print tree → Typst → PDF editions out. The only part that knows Typst."""
