"""The manuscript in; the handbook as JSON for other apps out (API.md says what is promised).

`documents` is the format, `fragments` turns a lesson's text into plain safe HTML, `drawings` a screen into a picture
that stands alone, `publishing` writes the files. Knows neither MkDocs nor Typst.
"""
