"""What holds under the settings of a real installation, and under no other."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.django_db

PRODUCTION = {"DJANGO_SETTINGS_MODULE": "goliard.project.settings.production", "GOLIARD_HOSTS": "exchange.example.org"}
VISITS = """
    import json
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone
    from goliard.apps.accounts.models import User
    from goliard.apps.accounts.services import NotADemonstration, create_administrator, create_demonstration_account
    from goliard.rules.access.actor import Role, system
    call_command("collectstatic", interactive=False, verbosity=0)
    told, who = {}, {"actor": system("test"), "now": timezone.now()}
    told["health by address"] = Client().get("/healthz", headers={"host": "127.0.0.1:8000"}).status_code
    told["another host"] = Client().get("/healthz", headers={"host": "elsewhere.example"}).status_code
    plain = Client().get("/en/account/sign-in/", headers={"host": "exchange.example.org"})
    told["plain http"] = [plain.status_code, plain["Location"]]
    proxy = {"host": "exchange.example.org", "x-forwarded-proto": "https"}
    client = Client(headers=proxy)
    page = client.get("/en/account/sign-in/")
    told["sign-in"] = page.status_code
    told["secure"] = [bool(cookie["secure"]) for cookie in client.cookies.values()]
    told["policy"] = page["Content-Security-Policy"]
    told["hsts"] = page["Strict-Transport-Security"]
    try:
        create_demonstration_account(email="a@example.org", display_name="A", password="x", role=Role.OFFICER, **who)
    except NotADemonstration:
        told["demonstration account"] = "refused"
    user = create_administrator(email="admin@example.org", display_name="A", password="a long enough sentence", **who)
    client.force_login(user)
    told["without second factor"] = client.get("/en/office/")["Location"]
    def guess(number, visitor):
        sent = {"login": f"nobody{number}@example.org", "password": "wrong"}
        return Client(headers={**proxy, "x-forwarded-for": visitor}).post("/en/account/sign-in/", sent).content.decode()
    tries = ["Too many" in guess(number, "192.0.2.1") for number in range(11)]
    told["guesses of one visitor"] = [tries.index(True), "Too many" in guess(99, "192.0.2.2")]
    print(json.dumps(told))
"""


def test_a_real_installation(installations) -> None:
    told = json.loads(installations.migrated().python(VISITS, **PRODUCTION).splitlines()[-1])
    policy = told.pop("policy")
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert told == {
        "health by address": 200,
        "another host": 400,
        "plain http": [301, "https://exchange.example.org/en/account/sign-in/"],
        "sign-in": 200,
        "secure": [True],
        "hsts": "max-age=31536000",
        "demonstration account": "refused",
        "without second factor": "/en/account/second-factor/app/",
        "guesses of one visitor": [10, False],  # ten a minute from one address; another visitor behind the same proxy is not held up
    }
