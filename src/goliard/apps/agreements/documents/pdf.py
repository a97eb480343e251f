"""An agreement as PDF/A-2b, in Dutch or English, with its version and hash on every page."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from typing import Any

import typst

from goliard.apps.agreements.choices import ProposalKind
from goliard.apps.agreements.copies import canonical, condition_of, copy_of, hash_of
from goliard.apps.agreements.models import AgreementVersion, CooperationCondition
from goliard.apps.agreements.texts import written
from goliard.rules.agreements.copy import ConditionKind
from goliard.rules.values.texts import Text

WORDS = {
    "parties": Text("Partijen", "Parties"),
    "conditions": Text("Samenwerkingsvoorwaarden", "Cooperation conditions"),
    "terms": Text("Overige afspraken", "Other terms"),
    "approvals": Text("Akkoord op de partnerpagina", "Approved on the partner's page"),
    "signatures": Text("Handtekeningen", "Signatures"),
    "signature": Text("naam, functie, datum", "name, function, date"),
}
PARTY = (Text("Instelling", "Institution"), Text("Land", "Country"), Text("Ondertekenaar", "Signatory"), Text("Getekend op", "Signed on"))
APPROVAL = (Text("Naam", "Name"), Text("Functie", "Function"), Text("Op", "On"))
KINDS = {
    "mou": Text("Memorandum of understanding", "Memorandum of understanding"),
    "exchange": Text("Uitwisselingsovereenkomst", "Exchange agreement"),
    "iia-programme": Text("Interinstitutionele overeenkomst Erasmus+", "Erasmus+ inter-institutional agreement"),
    "iia-partner": Text(
        "Interinstitutionele overeenkomst Erasmus+ (partnerland)", "Erasmus+ inter-institutional agreement (partner country)"
    ),
    "traineeship": Text("Stageovereenkomst", "Traineeship agreement"),
    "joint": Text("Overeenkomst over een gezamenlijk programma", "Joint programme agreement"),
    "consortium": Text("Consortiumovereenkomst", "Consortium agreement"),
}


def agreement_pdf(version: AgreementVersion, *, language: str) -> bytes:
    """Return a version of an agreement as PDF/A-2b. The same version and language give the same text; people's words stay plain text."""
    template = resources.files(__package__).joinpath("agreement.typ").read_bytes()
    data = json.dumps(agreement_data(version, language=language), ensure_ascii=False)
    pdf: bytes = typst.compile(template, format="pdf", sys_inputs={"data": data}, pdf_standards="a-2b")
    return pdf


def agreement_data(version: AgreementVersion, *, language: str) -> dict[str, Any]:
    """Return everything that the document prints, in `nl` or `en`."""
    agreement = version.agreement
    parties = list(agreement.parties.select_related("organisation__country"))
    home = next((party.organisation for party in parties if party.organisation.is_home), None)
    content_hash = version.content_hash or hash_of(canonical(copy_of(version)))
    state = Text("vastgelegd", "agreed") if version.content_hash else Text("nog niet vastgelegd", "not agreed yet")
    label = Text(f"versie {version.number}, {state.nl}", f"version {version.number}, {state.en}").in_language(language)
    conditions = version.conditions.select_related("sending", "receiving", "sending_unit", "receiving_unit").prefetch_related(
        "subjects", "languages"
    )
    approvals = version.proposals.filter(kind=ProposalKind.APPROVAL)
    return {
        "lang": language,
        "title": agreement.title,
        "home": home.name(language) if home else "",
        "kind": KINDS[agreement.kind].in_language(language),
        "period": _period(agreement.starts_on, agreement.ends_on, language),
        "words": {
            **{name: text.in_language(language) for name, text in WORDS.items()},
            "party_columns": [text.in_language(language) for text in PARTY],
            "approval_columns": [text.in_language(language) for text in APPROVAL],
        },
        "parties": [
            [
                party.organisation.name(language),
                party.organisation.country.name(language),
                ", ".join(part for part in (party.signatory_name, party.signatory_function) if part),
                party.signed_on.isoformat() if party.signed_on else "",
            ]
            for party in parties
        ],
        "conditions": [_condition(row, language) for row in conditions],
        "terms": (version.terms_nl or version.terms_en) if language == "nl" else (version.terms_en or version.terms_nl),
        "approvals": [[said.name, said.function, said.said_at.strftime("%Y-%m-%d %H:%M UTC")] for said in approvals],
        "footer": f"{agreement.title} · {label}",
        "hash": f"SHA-256 {content_hash} · {label}",
    }


def _condition(row: CooperationCondition, language: str) -> dict[str, Any]:
    seen = condition_of(row)
    unit = ConditionKind(row.kind).unit.in_language(language)
    rows = [
        (Text("Zendt uit", "Sends"), _side(row.sending.name(language), row.sending_unit.name(language) if row.sending_unit else "")),
        (
            Text("Ontvangt", "Receives"),
            _side(row.receiving.name(language), row.receiving_unit.name(language) if row.receiving_unit else ""),
        ),
        (Text("Academische jaren", "Academic years"), f"{row.first_year} – {row.last_year}"),
        (Text("Mobiliteiten per jaar", "Mobilities a year"), str(row.mobilities_per_year)),
        (Text("In totaal per jaar", "In all a year"), f"{row.amount} {unit}" if row.amount else ""),
        (Text("EQF-niveaus", "EQF levels"), ", ".join(row.eqf_levels)),
        (Text("Vakgebieden (ISCED-F)", "Subject areas (ISCED-F)"), written(seen.subjects)),
        (Text("Aanbevolen talen", "Recommended languages"), written(seen.languages)),
        (Text("Blended mogelijk", "Blended possible"), {"nl": ("nee", "ja")}.get(language, ("no", "yes"))[row.is_blended]),
        (Text("Overig", "Other"), row.other_terms),
    ]
    return {
        "title": ConditionKind(row.kind).text.in_language(language).capitalize(),
        "rows": [[label.in_language(language), value] for label, value in rows if value],
    }


def _side(name: str, unit: str) -> str:
    return f"{name}, {unit}" if unit else name


def _period(starts: date | None, ends: date | None, language: str) -> str:
    if starts is None or ends is None:
        return ""
    return Text(f"Van {starts:%d-%m-%Y} tot en met {ends:%d-%m-%Y}", f"From {starts:%Y-%m-%d} until {ends:%Y-%m-%d}").in_language(language)
