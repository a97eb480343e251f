"""Write the tables of docs/folder-format.md anew from the code: `python scripts/folder_format.py`."""

from __future__ import annotations

from pathlib import Path

from goliard.cli.django_setup import setup

PAGE = Path(__file__).resolve().parents[1] / "docs" / "folder-format.md"
MARK = "<!-- The tables below are written by scripts/folder_format.py. -->\n"


def main() -> None:
    """Replace everything after the mark."""
    setup()
    from goliard.apps.transfer.description import describe_tables  # noqa: PLC0415 -- the models need Django first

    text = PAGE.read_text(encoding="utf-8")
    before, mark, _ = text.partition(MARK)
    if not mark:
        raise SystemExit(f"{PAGE}: the line {MARK!r} is missing")
    PAGE.write_text(f"{before}{MARK}\n{describe_tables()}", encoding="utf-8")


if __name__ == "__main__":
    main()
