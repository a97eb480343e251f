"""Addresses of the network's screens."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.network import acting, agreements, copies, identity, partners

network_urls = [
    path("network/", identity.network, name="network"),
    path("network-agreements/", agreements.agreements, name="network-agreements"),
    path("network-agreements/<int:pk>/", agreements.agreement, name="network-agreement"),
    path("network-agreements/<int:pk>/do/", acting.act, name="network-agreement-act"),
    path("network-copies/<int:pk>/", copies.copy, name="network-copy"),
    path("network-copies/<int:pk>/do/", acting.act_on_copy, name="network-copy-act"),
    path("network-copies/<int:pk>/document.pdf", copies.document, name="network-copy-document"),
    path("network-partners/", partners.partners, name="network-partners"),
    path("network-partners/<int:pk>/", partners.partner, name="network-partner"),
    path("network-partners/<int:pk>/look/", partners.look_through_again, name="network-partner-look"),
]
