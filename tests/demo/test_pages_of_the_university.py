"""What a visitor of the demonstration university reads: a table of addresses and words that an officer can check."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.portals.public.reading import html_of, words_of

from goliard.apps.transfer.services.load import load_folder
from goliard.cli.demo import UNIVERSITY
from goliard.cli.prepare import load_reference
from goliard.portals.office.links import broken_links
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db

ENGLISH = {
    "partners/leiden-university/": ("A European research university", "NL LEIDEN01", "Praesidium Libertatis"),
    "partners/fukushima-university/": ("Institute of Environmental Radioactivity", "Founded: 2013"),
    "partners/waseda-university/": ("Networks that we share Industrial Ecology",),
    "partners/?q=Linneaus": ("1 partner", "Linnaeus University"),
    "partners/?q=Columbia": ("Universidad de Antioquia", "Universidad Nacional de Colombia"),
    "mission-vision/": (
        "23 percent of master's students", "more than 42 percent of PhD", "39 percent of academic", "about 25 percent of all personnel",
        "more than 122 nationalities",
    ),
    "erasmus/": ("people have taken part since 1987", "‘Ways’, drawing made for this demonstration"),
    "erasmus/priorities/": ("Social inclusion and diversity", "Erasmus+ Programme Guide, p. 6, General objective", "Astronomy and society"),
    "erasmus/leiden-priorities/": ("Under construction.",),
    "icm/2022/": ("17 partner universities in 13 countries on 4 continents", "13 projects let 103 students and staff"),
    "projects/icm-2022-ethiopia/": (
        "Leiden Observatory (Faculty of Science)", "(ESSTI)", "What society gains", "What each side brings", "Continued partnership",
        "Before: Former coordinator", "Co-funded by the European Union",
    ),
    "projects/icm-2022-japan/": (
        "Institute of Security and Global Affairs (Faculty of Governance and Global Affairs)", "Case Study Fukushima",
    ),
    "projects/?q=AI": ("Designing medicines with AI",),
    "projects/icm-2022-united-states/": ("Host group A research group for computer-aided drug design", "molecular dynamics"),
    "projects/jean-monnet-eutaxgov/": ("Jean Monnet Chair", "Holder not published", "how the European Union governs taxation"),
    "networks/": (
        "founded: 1987", "founded: early 1990s", "in 47 countries", "2 consortia, 3 joint programmes", "ALGANT", "MIND",
        "Former memberships",
    ),
    "networks/coimbra-group/": (
        "Internationalisation of its members.", "Academic cooperation.", "Excellence in research", "Bring knowledge to society",
    ),
    "networks/mind/": ("Waseda University", "Asian Institute of Technology", "Rochester Institute of Technology", "120 EC"),
    "networks/euniwell/": (
        "University of Birmingham", "University of Cologne", "University of Florence", "Linnaeus University", "Nantes", "Semmelweis",
    ),
    "news/erasmus-grant-2022/": ("13 projects, about €450,000 and 103 students and staff", "Astronomy and society with Ethiopia"),
    "documents/": (
        "Erasmus Policy Statement 2021-2027", "1 January 2021 – 31 December 2027", "(ET2020) no longer in force", "Renewed EU agenda",
        "Vision on education", "‘Innovating and Connecting’", "More students who study abroad",
    ),
}  # fmt: skip
DUTCH = {
    "icm/2022/": ("17 partneruniversiteiten in 13 landen op 4 continenten",),
    "mission-vision/": ("meer dan 122 nationaliteiten",),
    "erasmus/leiden-priorities/": ("In aanbouw.",),
    "networks/": ("begin jaren negentig", "2 consortia, 3 gezamenlijke opleidingen"),
    "news/erasmus-grant-2022/": ("ongeveer € 450.000",),
    "documents/": ("‘Vernieuwen en verbinden’", "niet meer van kracht"),
}
DOSSIER = ("erasmus/ka1/", "erasmus/ka2/", "erasmus/jean-monnet/", "erasmus/priorities/", "icm/", "icm/2022/")


def test_pages_say_what_their_sources_say(client: Client) -> None:
    load_reference()
    load_folder(folder=UNIVERSITY, actor=system("tests"), now=timezone.now())
    missing = [
        f"/{language}/{path}: {wanted}"
        for language, table in (("en", ENGLISH), ("nl", DUTCH))
        for path, expected in table.items()
        for wanted in expected
        if wanted not in words_of(client, f"/{language}/{path}")
    ]
    assert missing == []
    assert list(broken_links()) == []
    for language in ("nl", "en"):
        dossier = html_of(client, f"/{language}/erasmus/")
        for path in DOSSIER:
            assert f'href="/{language}/{path}"' in dossier
            html_of(client, f"/{language}/{path}")
        assert f'href="/{language}/icm/"' in html_of(client, f"/{language}/news/erasmus-grant-2022/")
