"""The built site in; a table of Lighthouse's marks, paint times and bytes out: ours beside its peers, in one run.

`make bench-phone` runs it. Three sites hold the same words at the same addresses: ours, stock Material for MkDocs, and
bare pages without style or script (`peers.py`, from the words that `plain.py` takes out of ours). All are served
compressed from this machine (`host.py`), loaded in turn by Lighthouse from npm with the system's Chromium
(`lighthouse.py`), and held against the budgets (`results.py`). `weights.py` asks another question: does a lesson page
weigh the same in a handbook of 1,000 lessons?
"""
