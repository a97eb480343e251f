"""The tables of the folder as Markdown, from the same description that load and dump use."""

from __future__ import annotations

from collections.abc import Iterator

from goliard.apps.transfer.columns import Column
from goliard.apps.transfer.table import Table
from goliard.apps.transfer.tables import BY_NAME, TABLES


def describe_tables() -> str:
    """Return a section a table: what it holds, its key, every column with what it takes."""
    return "\n".join(line for table in TABLES for line in _table(table))


def _table(table: Table) -> Iterator[str]:
    yield f"### `{table.file}`"
    yield ""
    yield table.about
    key = " + ".join(f"`{name}`" for name in table.key)
    yield f"Key: {key}" + (" (the file's own path)." if table.form == "markdown" else ".")
    yield ""
    yield "| column | needed | holds | about |"
    yield "|---|---|---|---|"
    shorts = {short.name: short for short in table.shorts}
    lists = {item.name: item for item in table.lists}
    for name in table.heading:
        if name in shorts:
            short = shorts[name]
            yield _row(name, "", short.column.kind.expects, f"{short.about}. Short for an undated row of `{short.table}.csv`.")
        elif name in lists:
            item = lists[name]
            yield _row(name, "", f"a list with semicolons: {item.kind.expects}", f"{item.about}. The cell is the whole list.")
        elif not (table.form == "markdown" and (name in table.key or name.startswith("body_"))):
            yield _row(name, "yes" if table.by_name[name].required else "", _expects(table.by_name[name]), table.by_name[name].about)
    yield ""


def _expects(column: Column) -> str:
    if column.refers_to:
        return f"a key of `{BY_NAME[column.refers_to].file}`"
    default = "" if column.required else column.write(column.empty)
    return column.kind.expects + (f"; empty means `{default}`" if default else "")


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
