"""The root of all addresses: the same path behind `/nl/` and `/en/`; `/` follows the visitor's language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from goliard.api.guide import guide
from goliard.portals.public.views import for_machines
from goliard.portals.shared.health import healthz
from goliard.portals.shared.images import image

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("sitemap.xml", for_machines.sitemap, name="sitemap"),
    path("robots.txt", for_machines.robots, name="robots"),
    path("images/<slug:digest>/<slug:key>.<slug:ending>", image, name="image"),
    *i18n_patterns(
        path("account/", include("goliard.portals.shared.account_urls")),
        path("office/", include("goliard.portals.office.urls")),
        path("partner/", include("goliard.portals.partner.urls")),
        path("student/", include("goliard.portals.student.urls")),
        path("api/", guide, name="api-guide"),
        path("staff/mobility/", include("goliard.portals.student.staff_urls", namespace="staff-mobility")),
        path("staff/", include("goliard.portals.staff.urls")),
        path("", include("goliard.portals.public.urls")),  # last: its pages may have any address
    ),
]

handler403 = "goliard.portals.shared.refusals.forbidden"
handler404 = "goliard.portals.shared.refusals.not_found"
handler500 = "goliard.portals.shared.refusals.broken"
