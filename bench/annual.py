"""How long the annual report takes: setting a made-up one of sixty pages or more.

`python -m bench.annual [--rows 30]`
"""

from __future__ import annotations

import argparse
import time

import pypdfium2

from helpdesk.annual.papers import report_pdf
from helpdesk.annual.samples import made_up
from office.papers import variant

CHAPTERS = 11


def main() -> None:
    """Print pages, seconds and size for both variants."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=30, help="rows of the tables of a section")
    rows = parser.parse_args().rows
    for language in ("th", "en"):
        with variant.printing(language):
            begun, used = time.perf_counter(), time.process_time()
            made = report_pdf(made_up(CHAPTERS, 4, rows))
            took, cpu = time.perf_counter() - begun, time.process_time() - used
        with pypdfium2.PdfDocument(made) as document:
            pages = len(document)
        print(
            f"{language}: {pages} pages, {took:.1f} s ({cpu:.1f} s CPU), {len(made) / 1e6:.1f} MB"
        )


if __name__ == "__main__":
    main()
