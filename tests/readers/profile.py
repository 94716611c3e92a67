"""Opens one table in every format with the readers that people use, and says what each of them sees.

Usage: profile.py FOLDER TABLE, where FOLDER holds TABLE.json, .csv, .hxl.csv, .xlsx and .parquet.
Prints JSON: by format the sheets, and by sheet the rows and, for each column, what its values are, how
many are known, and their sum or their first and last.
"""

import csv
import datetime
import json
import math
import pathlib
import sys

import hxl
import openpyxl
import pyarrow
import pyarrow.parquet
from hxl.input import InputOptions


def column(kind, values):
    """What a reader sees of a column; a text, a number or a day is what the reader calls so."""
    known = [value for value in values if value is not None]
    if not known:
        return {"kind": "empty", "known": 0}
    seen = {"kind": kind, "known": len(known)}
    if kind == "number":
        seen["sum"] = math.fsum(known)
    else:
        seen["first"], seen["last"] = str(min(known)), str(max(known))
    return seen


def kind_of(values):
    """What a spreadsheet's cells are: it has types for cells, not for columns."""
    types = {type(value) for value in values if value is not None}
    if not types:
        return "empty"
    if types <= {int, float}:
        return "number"
    if types == {datetime.datetime}:
        return "day"
    return "text" if types == {str} else "mixed"


def from_json(path):
    document = json.loads(path.read_text("utf-8"))
    sheets = {}
    for sheet in document["sheets"]:
        columns = {}
        for at, about in enumerate(sheet["columns"]):
            kind = {"count": "number"}.get(about["kind"], about["kind"])
            columns[about["name"]] = column(kind, [row[at] for row in sheet["rows"]])
        sheets[sheet["name"]] = {"rows": len(sheet["rows"]), "columns": columns}
    return sheets, document["manifest"]


def from_csv(path, kinds):
    with path.open(newline="", encoding="utf-8") as file:
        names, *rows = csv.reader(file, strict=True)
    columns = {}
    for at, name in enumerate(names):
        values = [row[at] or None for row in rows]
        if kinds[name] == "number":
            values = [None if value is None else float(value) for value in values]
        columns[name] = column(kinds[name], values)
    return {"rows": len(rows), "columns": columns}


def from_hxl(path, kinds):
    source = hxl.data(str(path), InputOptions(allow_local=True)).cache()
    columns = {}
    for at, about in enumerate(source.columns):
        values = [row.values[at] or None for row in source]
        if kinds[about.header] == "number":
            values = [None if value is None else float(value) for value in values]
        columns[about.header] = column(kinds[about.header], values)
    rows = sum(1 for _ in source)
    return {"rows": rows, "columns": columns}, [about.display_tag for about in source.columns]


def from_xlsx(path):
    book = openpyxl.load_workbook(path)
    sheets = {}
    for sheet in book.worksheets:
        names, *rows = sheet.iter_rows(values_only=True)
        columns = {}
        for at, name in enumerate(names):
            values = [row[at] for row in rows]
            kind = kind_of(values)
            if kind == "day":
                values = [value and value.date() for value in values]
            columns[name] = column(kind, values)
        formulas = any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
        sheets[sheet.title] = {
            "rows": len(rows),
            "columns": columns,
            "frozen": sheet.freeze_panes,
            "formulas": formulas,
        }
    return sheets, str(book.properties.created)


def from_parquet(path):
    table = pyarrow.parquet.read_table(path)
    columns, types = {}, {}
    for field in table.schema:
        types[field.name] = str(field.type)
        kind = "text"
        if pyarrow.types.is_integer(field.type) or pyarrow.types.is_floating(field.type):
            kind = "number"
        elif pyarrow.types.is_date(field.type):
            kind = "day"
        columns[field.name] = column(kind, table.column(field.name).to_pylist())
    metadata = table.schema.metadata
    manifest = json.loads(metadata[b"homeward.manifest"])
    return {"rows": table.num_rows, "columns": columns}, types, manifest


def main(folder, table):
    folder = pathlib.Path(folder)
    told, manifest = from_json(folder / f"{table}.json")
    first = next(iter(told))
    kinds = {name: about["kind"] for name, about in told[first]["columns"].items()}
    with_tags, tags = from_hxl(folder / f"{table}.hxl.csv", kinds)
    book, created = from_xlsx(folder / f"{table}.xlsx")
    parquet, types, inside = from_parquet(folder / f"{table}.parquet")
    seen = {
        "sheet": first,
        "json": told,
        "csv": from_csv(folder / f"{table}.csv", kinds),
        "hxl": with_tags,
        "tags": tags,
        "xlsx": book,
        "created": created,
        "parquet": parquet,
        "types": types,
        "manifests": [manifest, inside],
    }
    json.dump(seen, sys.stdout, sort_keys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
