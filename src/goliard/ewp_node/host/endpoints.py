"""Every endpoint that we have, by its path below the prefix."""

from __future__ import annotations

from goliard.ewp_node.host import agreements, registers
from goliard.ewp_node.host.inquiries import Endpoint

GET, POST = ("GET",), ("POST",)

ENDPOINTS: dict[str, Endpoint] = {
    endpoint.name: endpoint
    for endpoint in (
        Endpoint("manifest.xml", registers.manifest, methods=GET, signed=False),
        Endpoint("echo", registers.echo),
        Endpoint("institutions", registers.institutions),
        Endpoint("organizational-units", registers.organizational_units),
        Endpoint("factsheet", registers.factsheet),
        Endpoint("file", agreements.file),
        Endpoint("iias/get", agreements.iias_get),
        Endpoint("iias/index", agreements.iias_index),
        Endpoint("iias/stats", agreements.iias_stats),
        Endpoint("iias-approval", agreements.iias_approval),
        Endpoint("iia-cnr", agreements.iia_cnr, methods=POST),
        Endpoint("iia-approval-cnr", agreements.iia_approval_cnr, methods=POST),
    )
}
