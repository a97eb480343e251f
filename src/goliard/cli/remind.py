"""`goliard remind`: reminders before the steps of calls, and the follow-up of projects after their end. Each letter is queued once."""

from __future__ import annotations

import click

from goliard.cli.companions import until_stopped
from goliard.cli.django_setup import setup


@click.command(name="remind", short_help="Queue the reminders that are due.")
@click.option(
    "--days", default=7, show_default=True, type=click.IntRange(1, 365), help="Remind of steps that lie at most so many days ahead."
)
@click.option("--dry-run", is_flag=True, help="Show the letters and queue nothing.")
@click.option("--every", type=click.IntRange(min=60), metavar="SECONDS", help="Go on until stopped.")
def command(*, days: int, dry_run: bool, every: int | None) -> None:
    """Queue a letter to everybody who still has to act before a step of a call, and to coordinators whose follow-up date has come."""
    if every is None or dry_run:
        setup()
        count = _show(days) if dry_run else _queue(days)
        click.echo(f"{count} {'due' if dry_run else 'queued'}")
    else:
        until_stopped(every=every, work=lambda: _queue(days), name="reminders")


def _queue(days: int) -> int:
    from datetime import timedelta

    from django.utils import timezone

    from goliard.apps.funding.models import FundingCall
    from goliard.apps.funding.services.reminders import reminders_of, send_call_reminders
    from goliard.apps.projects.services.follow_up import send_follow_ups
    from goliard.rules.access.actor import system

    now, actor = timezone.now(), system("remind")
    count = send_follow_ups(actor=actor, now=now)
    for call in FundingCall.objects.filter(steps__isnull=False).distinct():
        letters = reminders_of(call, now=now, within=timedelta(days=days))
        count += send_call_reminders(call=call, reminders=letters, actor=actor, now=now)
    return count


def _show(days: int) -> int:
    from datetime import timedelta

    from django.utils import timezone

    from goliard.apps.funding.models import FundingCall
    from goliard.apps.funding.services.reminders import reminders_of
    from goliard.apps.projects.services.follow_up import follow_ups_due

    now, count = timezone.now(), 0
    for call in FundingCall.objects.filter(steps__isnull=False).distinct():
        for letter in reminders_of(call, now=now, within=timedelta(days=days)):
            if not letter.was_queued:
                click.echo(f"{letter.user.email}: {letter.subject}")
                count += 1
    for due in follow_ups_due(today=timezone.localdate(now)):
        if not due.was_queued:
            click.echo(f"{due.address or '?'}: {due.subject}")
            count += 1
    return count
