"""Networks, alliances and consortia with their aims and members, and joint programmes."""

from __future__ import annotations

from goliard.apps.institutions.choices import NetworkPurpose
from goliard.apps.institutions.models import JointProgramme, Network, NetworkAim, NetworkMembership, NetworkPurposeTag
from goliard.apps.transfer.columns import Column, ListColumn, column, reference
from goliard.apps.transfer.kinds import Choice, Key
from goliard.apps.transfer.table import Table
from goliard.apps.transfer.tables.countries import period
from goliard.apps.transfer.tables.organisations import organisation
from goliard.apps.transfer.tables.units import unit

_FIELDS = (
    "kind",
    "name_en",
    "name_nl",
    "acronym",
    "founded_en",
    "founded_nl",
    "founded_year",
    "website",
    "description_en",
    "description_nl",
)
_MEMBERSHIP = ("valid_until", "role", "from_text_en", "from_text_nl", "until_text_en", "until_text_nl", "source")


def _network(model: type) -> Column:
    return reference(model, "network", "networks", "key", kind=Key(80), about="key of a row of networks.csv")


TABLES = (
    Table(
        "networks",
        Network,
        "University networks, alliances, Erasmus Mundus consortia, regional consortia.",
        key=("key",),
        columns=(
            column(Network, "key"),
            *(column(Network, name) for name in _FIELDS),
            unit(Network, "owner", about="unit of the home institution that takes part; empty: the institution as a whole"),
            *(column(Network, name) for name in ("source", "position", "is_public")),
        ),
        lists=(
            ListColumn(
                "purposes",
                NetworkPurposeTag,
                parent="network",
                item="purpose",
                kind=Choice(tuple(NetworkPurpose.values)),
                about="what it is for",
            ),
        ),
    ),
    Table(
        "network_aims",
        NetworkAim,
        "The aims of a network, one a row, in the order of the page.",
        key=("network", "position"),
        columns=(_network(NetworkAim), *(column(NetworkAim, name) for name in ("position", "text_en", "text_nl"))),
    ),
    Table(
        "network_members",
        NetworkMembership,
        "Who is or was a member, the home institution too. Where a source gives no day, the texts say what it gives; the dates sort.",
        key=("network", "organisation", "valid_from"),
        columns=(
            _network(NetworkMembership),
            organisation(NetworkMembership),
            column(NetworkMembership, "valid_from"),
            *(column(NetworkMembership, name) for name in _MEMBERSHIP),
        ),
        check=period,
    ),
    Table(
        "joint_programmes",
        JointProgramme,
        "Programmes that a consortium offers together; they lead to a degree.",
        key=("key",),
        columns=(
            column(JointProgramme, "key"),
            _network(JointProgramme),
            *(column(JointProgramme, name) for name in ("title_en", "title_nl", "level", "ects", "source")),
        ),
    ),
)
