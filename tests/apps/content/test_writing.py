"""News and pages are kept with their versions; placeholders quote something, pages stand below others, never below themselves."""

from __future__ import annotations

import pytest
from tests.factories.content import NOW, a_fact, a_news_item, a_page
from tests.factories.funding import some_funding

from goliard.apps.content.models import NewsItem, Page, PageVersion
from goliard.apps.content.services.writing import keep_news, keep_page, move_writing, restore_version
from goliard.apps.funding.models import CallFigure
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
OFFICER = Actor("user:officer", (RoleGrant(Role.OFFICER),))
FACULTY = Actor("user:faculty", (RoleGrant(Role.FACULTY_OFFICER, units=frozenset({1})),))


def sentences(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.because.en for reason in refused.value.reasons]


def test_every_change_of_words_keeps_what_the_page_said() -> None:
    page = a_page()
    page.body_nl = "Nieuwe tekst."
    keep_page(row=page, actor=OFFICER, now=NOW)
    page.position = 3
    keep_page(row=page, actor=OFFICER, now=NOW)
    page.title_en = "About us"
    keep_page(row=page, actor=OFFICER, now=NOW)
    assert list(PageVersion.objects.values_list("version", "title_en", "body_nl")) == [
        (2, "About", "Nieuwe tekst."),
        (1, "About", "Tekst."),
    ]
    assert Page.objects.get().version == 3
    assert JournalEntry.objects.count() == 3


def test_an_earlier_version_is_put_back_and_what_it_replaces_becomes_a_version() -> None:
    page = a_page()
    page.body_en = "Worse."
    keep_page(row=page, actor=OFFICER, now=NOW)
    restore_version(page=page, version=PageVersion.objects.get(version=1), actor=OFFICER, now=NOW)
    page.refresh_from_db()
    assert (page.body_en, page.version) == ("Text.", 3)
    assert PageVersion.objects.get(version=2).body_en == "Worse."


def test_placeholders_that_quote_nothing_are_named() -> None:
    a_fact("participants")
    page = a_page()
    page.body_en = "[[fact:participants]], [[fact:nobody]] and [[call:partners]] of [[year]], [[call:cakes]]"
    with pytest.raises(Refused) as refused:
        keep_page(row=page, actor=OFFICER, now=NOW)
    assert sentences(refused) == ["[[call:cakes]] quotes nothing.", "[[fact:nobody]] quotes nothing."]
    assert Page.objects.get().body_en == "Text."
    assert (PageVersion.objects.count(), JournalEntry.objects.count()) == (0, 0)


def test_news_quotes_numbers_of_its_own_call_only() -> None:
    call = some_funding().call
    item = a_news_item(body_nl="[[call:projects]] projecten, [[figure:award-cents]]", body_en="[[call:projects]] projects")
    with pytest.raises(Refused) as refused:
        keep_news(row=item, actor=OFFICER, now=NOW)
    assert sentences(refused)[0] == "[[call:projects]] quotes nothing. Choose the call whose number it is."
    item.call = call
    with pytest.raises(Refused) as refused:
        keep_news(row=item, actor=OFFICER, now=NOW)
    assert sentences(refused) == ["[[figure:award-cents]] quotes nothing."]
    CallFigure.objects.create(call=call, measure="award-cents", value=45_000_000, source="news")
    keep_news(row=item, actor=OFFICER, now=NOW)
    assert NewsItem.objects.get().call == call


@pytest.mark.parametrize("path", ["Erasmus", "a//b", "/a", "a/", "a b", "a_b", "../a", "é", ""])
def test_an_address_is_made_of_words_and_slashes(path: str) -> None:
    page = Page(path=path, title_en="T", title_nl="T", body_en="B", body_nl="B")
    with pytest.raises(Refused) as refused:
        keep_page(row=page, actor=OFFICER, now=NOW)
    assert refused.value.reasons[0].rule == "page-path"


def test_a_page_never_stands_below_itself() -> None:
    top = a_page("erasmus")
    middle = a_page("erasmus/ka1", parent=top)
    bottom = a_page("erasmus/ka1/icm", parent=middle)
    for parent in (top, middle, bottom):
        top.parent = parent
        with pytest.raises(Refused) as refused:
            keep_page(row=top, actor=OFFICER, now=NOW)
        assert sentences(refused) == ["A page cannot stand below itself."]
    assert Page.objects.get(path="erasmus").parent is None


def test_pages_and_news_move_along_their_life() -> None:
    page, item = a_page(), a_news_item()
    for action, state in (("announce", "under-construction"), ("publish", "published"), ("archive", "archived"), ("publish", "published")):
        assert move_writing(row=page, action=action, actor=OFFICER, now=NOW).state == state
    with pytest.raises(TransitionRefused):
        move_writing(row=item, action="archive", actor=OFFICER, now=NOW)
    with pytest.raises(TransitionRefused):
        move_writing(row=item, action="publish", actor=FACULTY, now=NOW)
    assert NewsItem.objects.get().state == "draft"
    assert [entry.verb for entry in JournalEntry.objects.order_by("pk")] == ["announce", "publish", "archive", "publish"]
