"""The manuscript in; the pages of the site out. Only `plugin.py` knows MkDocs."""
