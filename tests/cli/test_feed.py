"""`goliard feed students`, as a scheduled job calls it."""

from __future__ import annotations

import pytest
from tests.cli.test_load import REFERENCE, UNIVERSITY

pytestmark = pytest.mark.django_db  # so that it runs on PostgreSQL too
HEAD = "student_number;family_name;email;programme;cycle;unit;enrolled_from;as_of;average\n"


def test_dry_run_feed_and_faults(installations, tmp_path) -> None:
    made = installations.migrated()
    made.goliard("load", REFERENCE)
    made.goliard("load", UNIVERSITY)
    file = tmp_path / "students.csv"
    file.write_text(HEAD + "s1;One;s1@example.org;B-AST;6;leiden-science;2024-09-01;2026-11-01;7,5\n", encoding="utf-8")
    told = made.goliard("feed", "students", file, "--dry-run")
    assert told.startswith("2\ts1\tnew\t")
    assert "Dry run" in told
    assert "1 rijen: 1 nieuw" in made.goliard("feed", "students", file, "--lang", "nl")
    assert "1 the same" in made.goliard("feed", "students", file)
    file.write_text(HEAD + "s1;One;s1@example.org;B-AST;6;nowhere;2024-09-01;2026-11-01;11\n", encoding="utf-8")
    told = made.goliard("feed", "students", file, expect=2)
    assert told.splitlines()[0].startswith("students.csv, row 2, column average: ")


def test_staff_by_the_same_rules(installations, tmp_path) -> None:
    made = installations.migrated()
    made.goliard("load", REFERENCE)
    made.goliard("load", UNIVERSITY)
    file = tmp_path / "staff.csv"
    head = "staff_number;family_name;email;appointment;category;unit;employed_from;as_of\n"
    file.write_text(head + "p1;One;p1@example.org;a1;support;leiden-science;2024-09-01;2026-11-01\n", encoding="utf-8")
    assert "1 rijen: 1 nieuw" in made.goliard("feed", "staff", file, "--lang", "nl")
    file.write_text(head + "p1;One;p1@example.org;a1;other;leiden-science;2024-09-01;2026-11-01\n", encoding="utf-8")
    assert made.goliard("feed", "staff", file, expect=2).startswith("staff.csv, row 2, column category: ")
