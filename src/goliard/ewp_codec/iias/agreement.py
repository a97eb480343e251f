"""One copy of an interinstitutional agreement, as its owner publishes it (iias 7.0)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from goliard.ewp_codec.contacts import Contact
from goliard.ewp_codec.lexical import AMOUNT


class MobilityKind(StrEnum):
    """The four kinds of mobility, in the order in which the schema wants them; the value is the name of the element."""

    STUDENT_STUDIES = "student-studies-mobility-spec"
    STUDENT_TRAINEESHIP = "student-traineeship-mobility-spec"
    STAFF_TEACHING = "staff-teacher-mobility-spec"
    STAFF_TRAINING = "staff-training-mobility-spec"

    @property
    def is_for_students(self) -> bool:
        """Whether students go (months, blended, EQF levels) rather than staff (days)."""
        return self in {MobilityKind.STUDENT_STUDIES, MobilityKind.STUDENT_TRAINEESHIP}

    @property
    def needs_language(self) -> bool:
        """Whether at least one language skill must be recommended."""
        return self in {MobilityKind.STUDENT_STUDIES, MobilityKind.STAFF_TEACHING}


@dataclass(frozen=True, slots=True)
class SubjectArea:
    """A field of education. `v6_value` is a shorter code left over from version 6; it bars approval."""

    isced_f_code: str
    isced_clarification: str = ""
    v6_value: str = ""


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """A recommended language, perhaps with a level and only for one subject area."""

    language: str
    cefr_level: str = ""
    subject_area: SubjectArea | None = None
    not_yet_defined: bool = False


@dataclass(frozen=True, slots=True)
class CooperationCondition:
    """How many people of one kind go in one direction, for which years, subjects and levels.

    `total_per_year` is months for students and days for staff, with at most two decimals. It is kept as the text that was or will be
    published, because the hash is taken over that text. `blended` and `eqf_levels` concern students only. What a partner left out, or
    wrote so that nobody can read it, is empty or `None`; none of the mandatory ones may be so when we write.
    """

    kind: MobilityKind
    sending_hei_id: str
    receiving_hei_id: str
    first_academic_year: str
    last_academic_year: str
    mobilities_per_year: int | None
    sending_ounit_id: str = ""
    receiving_ounit_id: str = ""
    sending_contacts: tuple[Contact, ...] = ()
    receiving_contacts: tuple[Contact, ...] = ()
    mobilities_not_yet_defined: bool = False
    language_skills: tuple[LanguageSkill, ...] = ()
    subject_areas: tuple[SubjectArea, ...] = ()
    other_info_terms: str = ""
    total_per_year: str = ""
    blended: bool | None = None
    eqf_levels: tuple[int, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """`total_per_year` as a number, `None` where it is absent or no such number."""
        return Decimal(self.total_per_year) if self.total_per_year and AMOUNT.holds(self.total_per_year) else None


@dataclass(frozen=True, slots=True)
class IiaPartner:
    """One of the two partners. `iia_id` is the agreement's id at that partner, `iia_code` what its people call it.

    `signing_date` is `YYYY-MM-DD`. Signing contact and date inform; they are not part of the hash.
    """

    hei_id: str
    ounit_id: str = ""
    iia_id: str = ""
    iia_code: str = ""
    signing_contact: Contact | None = None
    signing_date: str = ""
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Iia:
    """One copy of an agreement. The first of the two partners owns it.

    `iia_hash` is what the document declares; `goliard.ewp_codec.iias.conditions_hash` says what it should be.
    """

    partners: tuple[IiaPartner, ...]
    in_effect: bool | None
    conditions: tuple[CooperationCondition, ...] = ()
    terminated_as_a_whole: bool = False
    iia_hash: str = ""
    pdf_file: str = ""

    @property
    def iia_id(self) -> str:
        """The id at the owner, empty where the document names none."""
        return self.partners[0].iia_id if self.partners else ""
