"""Synthetic lessons in; a table of build time, memory and output out: this project beside its peers, in one run.

`make bench` runs it. Each builder gets the same lessons in a folder just written, so nothing of a former build can
help it. The peers live in virtual environments of their own below `bench/.work/`, from the pins in `bench/peers/`.
What is measured, and how: `measure.py`. What the numbers are held against: `results.py`.
"""
