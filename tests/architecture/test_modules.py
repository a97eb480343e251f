"""Rules of the house that import contracts cannot see, for every module; each check is first shown to fail on a small bad sample."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.architecture.checks.imports import foreign_imports, http_in_apps, signals
from tests.architecture.checks.journey import later_references
from tests.architecture.checks.names import drawers
from tests.architecture.checks.purity import clocks_and_chance
from tests.architecture.checks.sizes import function_sizes, module_size
from tests.architecture.checks.use_cases import logic_in_save, policy_names, service_arguments, suppressions
from tests.architecture.checks.writes import writes_outside_services
from tests.architecture.source import Module, modules, sample

Check = Callable[[Module], list[str]]
CHECKS: tuple[Check, ...] = (
    foreign_imports,
    http_in_apps,
    signals,
    later_references,
    drawers,
    clocks_and_chance,
    function_sizes,
    module_size,
    service_arguments,
    policy_names,
    logic_in_save,
    suppressions,
    writes_outside_services,
)

BAD: tuple[tuple[Check, str, str], ...] = (
    (foreign_imports, "goliard.rules.grants.days", "import numpy"),
    (foreign_imports, "goliard.rules.grants.days", "from goliard.apps.people import models"),
    (foreign_imports, "goliard.rules.grants.days", "import urllib.request"),
    (foreign_imports, "goliard.rules.grants.days", "from socket import create_connection"),
    (http_in_apps, "goliard.apps.people.services", "from django.http import HttpRequest"),
    (http_in_apps, "goliard.apps.people.services", "from lxml import etree"),
    (signals, "goliard.apps.people.models", "from django.db.models.signals import post_save"),
    (signals, "goliard.portals.office.apps", "from django.dispatch import receiver"),
    (later_references, "goliard.apps.institutions.models", "x = models.ForeignKey('projects.Project', on_delete=models.PROTECT)"),
    (later_references, "goliard.apps.institutions.models.unit", "x = models.ManyToManyField(to='people.Person')"),
    (later_references, "goliard.apps.people.models", "x = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)"),
    (later_references, "goliard.apps.people.queries", "apps.get_model('projects', 'Project')"),
    (later_references, "goliard.apps.documents.models", "x = models.ForeignKey('messaging.Message', on_delete=models.PROTECT)"),
    (drawers, "goliard.apps.people.utils", ""),
    (drawers, "goliard.portals.office.base", ""),
    (clocks_and_chance, "goliard.rules.grants.days", "from datetime import datetime\nx = datetime.now()"),
    (clocks_and_chance, "goliard.rules.grants.days", "import datetime as dt\nx = dt.date.today()"),
    (clocks_and_chance, "goliard.ewp_codec.signature", "import time\nx = time.time()"),
    (clocks_and_chance, "goliard.rules.placement.rank", "import random\nrandom.shuffle(x)"),
    (clocks_and_chance, "goliard.rules.placement.rank", "from random import Random\nx = Random()"),
    (clocks_and_chance, "goliard.rules.placement.rank", "from random import Random\nx = Random(None)"),
    (clocks_and_chance, "goliard.fast.placement", "import numpy as np\nx = np.random.default_rng()"),
    (clocks_and_chance, "goliard.fast.placement", "import numpy as np\nx = np.random.rand(3)"),
    (clocks_and_chance, "goliard.ewp_codec.ids", "from uuid import uuid4\nx = uuid4()"),
    (clocks_and_chance, "goliard.ewp_codec.ids", "import os\nx = os.urandom(8)"),
    (function_sizes, "goliard.rules.grants.days", "def f():\n" + "    x = 1\n" * 61),
    (module_size, "goliard.rules.grants.days", "x = 1\n" * 401),
    (service_arguments, "goliard.apps.people.services", "def merge_persons(kept, *, actor): ..."),
    (service_arguments, "goliard.apps.people.services.merge", "def merge_persons(request): ..."),
    (policy_names, "goliard.apps.people.policies", "def can_merge(actor): ..."),
    (logic_in_save, "goliard.apps.people.models", "class Person(Model):\n    def save(self): ..."),
    (suppressions, "goliard.rules.grants.days", "x = 1  # no" + "qa: S105"),
    (writes_outside_services, "goliard.portals.office.views", "project.save()"),
    (writes_outside_services, "goliard.portals.office.forms", "form.save()"),
    (writes_outside_services, "goliard.apps.people.queries", "Person.objects.create(name='x')"),
    (writes_outside_services, "goliard.apps.people.models", "Person.objects.filter(pk=1).update(name='x')"),
    (writes_outside_services, "goliard.api.v1.people", "Person.objects.bulk_create([])"),
    (writes_outside_services, "goliard.cli.people", "unit.person_set.all().delete()"),
)

GOOD: tuple[tuple[Check, str, str], ...] = (
    (foreign_imports, "goliard.rules.grants.days", "from decimal import Decimal\nfrom goliard.rules.values.texts import Text"),
    (http_in_apps, "goliard.portals.office.views", "from django.http import HttpRequest"),
    (later_references, "goliard.apps.projects.models", "x = models.ForeignKey('institutions.Organisation', on_delete=models.PROTECT)"),
    (later_references, "goliard.apps.people.models", "x = models.ForeignKey('people.Person', on_delete=models.PROTECT)"),
    (clocks_and_chance, "goliard.rules.placement.rank", "from random import Random\nx = Random(seed)"),
    (clocks_and_chance, "goliard.apps.people.services", "from uuid import uuid4\nx = uuid4()"),
    (service_arguments, "goliard.apps.people.services", "def merge_persons(*, kept, actor, now): ...\ndef _lock(row): ..."),
    (policy_names, "goliard.apps.people.policies", "def may_merge(actor): ..."),
    (suppressions, "goliard.rules.grants.days", "x = 1  # no" + "qa: S105 -- guards nothing"),
    (writes_outside_services, "goliard.apps.people.services.merge", "person.save()"),
    (writes_outside_services, "goliard.portals.office.views", "context.update(x=1)\nbook.save(stream)"),
)


def identify(case: object) -> str:
    return getattr(case, "__name__", None) or " ".join(str(case).split())[:60]


@pytest.mark.parametrize("check", CHECKS, ids=identify)
def test_every_module_keeps_the_rule(check: Check) -> None:
    found = [finding for module in modules() for finding in check(module)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("check", "name", "text"), BAD, ids=identify)
def test_a_bad_module_is_found(check: Check, name: str, text: str) -> None:
    found = check(sample(name, text))
    assert len(found) == 1
    assert found[0].startswith(f"src/{name.replace('.', '/')}.py:")


@pytest.mark.parametrize(("check", "name", "text"), GOOD, ids=identify)
def test_a_good_module_is_left_alone(check: Check, name: str, text: str) -> None:
    assert check(sample(name, text)) == []


def test_every_check_has_a_bad_sample() -> None:
    assert {check for check, _, _ in BAD} == set(CHECKS)
