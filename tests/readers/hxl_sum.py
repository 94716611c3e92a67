"""Adds up one tag by another, among rows that pass a filter, as a HXL proxy would.

Usage: hxl_sum.py FILE FILTER BY SUM, such as `#meta+sex=male` `#date+month` `#indicator+journeys+num`.
Prints a JSON object of sums by value.
"""

import json
import sys

import hxl
from hxl.input import InputOptions


def main(path, only, by, added):
    rows = hxl.data(path, InputOptions(allow_local=True)).with_rows(only)
    counted = rows.count(by, aggregators=f"sum({added})")
    json.dump({row.values[0]: float(row.values[1]) for row in counted}, sys.stdout, sort_keys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
