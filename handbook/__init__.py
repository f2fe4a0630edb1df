"""The generator of *Cẩm nang Bình dân học vụ số*: Markdown lessons in, a site and printable PDFs out.

Data flows one way, and nothing imports what stands after it:

    curriculum + docs → model (curriculum, lessons, book) → markup → site | search | printing → build → cli
"""
