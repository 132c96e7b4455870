"""Every job of the service on one screen: its name, its function, its rhythm, what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any

from flask import current_app

from assets.attachments import jobs as attachments
from assets.counts import jobs as counts
from assets.disposals import jobs as disposals
from assets.licences import jobs as licences
from assets.loans import jobs as loans
from assets.maintenance import jobs as maintenance
from assets.register import jobs as register
from assets.stock import jobs as stock
from assets.transfers import jobs as transfers
from helpdesk.access_rights import jobs as access_rights
from helpdesk.backups import jobs as backups
from helpdesk.coming import jobs as coming
from helpdesk.figures import jobs as figures
from helpdesk.incidents import jobs as incidents
from helpdesk.knowledge import jobs as knowledge
from helpdesk.mail_in import jobs as mail_in
from helpdesk.minutes import jobs as minutes
from helpdesk.privacy_requests import jobs as privacy_requests
from helpdesk.programmes import jobs as programmes
from helpdesk.purchases import jobs as purchases
from helpdesk.repairs import jobs as repairs
from helpdesk.requests import jobs as requests
from helpdesk.risks import jobs as risks
from helpdesk.storage import jobs as storage
from helpdesk.studies import jobs as studies
from helpdesk.surveys import jobs as surveys
from helpdesk.tickets import jobs as tickets
from helpdesk.tickets.deadlines import jobs as deadlines
from helpdesk.timetable.rhythm import Daily, Every, Rhythm
from helpdesk.trainings import jobs as trainings
from kernel.i18n import lazy_gettext as _l
from office.access_log import jobs as access_log
from office.approvals import jobs as approvals
from office.bookkeeping import jobs as bookkeeping
from office.calendar import jobs as calendar
from office.cards import jobs as cards
from office.letters import jobs as letters
from office.notifications import jobs as notifications


@dataclass(frozen=True)
class Job:
    """One thing the service does because time passed.

    ``function`` takes nothing, opens its own units of work, may be called again at any time
    without repeating anything, and returns how many rows it touched.
    """

    name: str
    function: Callable[[], int]
    rhythm: Rhythm
    what: Any


def close_tickets() -> int:
    """Close the tickets that nobody complained about in time."""
    return tickets.close_resolved(tickets.tickets_to_close())


JOBS = (
    Job(
        "deliver_messages",
        notifications.deliver,
        Every(60),
        _l("Sends waiting messages by e-mail and tries again what could not be sent."),
    ),
    Job(
        "deliver_to_line",
        notifications.deliver_to_line,
        Every(60),
        _l("Sends waiting messages to bound LINE accounts, as many as the month allows."),
    ),
    Job(
        "deliver_to_devices",
        notifications.deliver_to_devices,
        Every(60),
        _l("Shows waiting messages on the devices that people have added."),
    ),
    Job(
        "send_digests",
        notifications.send_digests,
        Every(600),
        _l("Puts together the daily digests that have come due."),
    ),
    Job(
        "tell_hooks",
        notifications.tell_hooks,
        Every(60),
        _l("Tells other systems of what happened."),
    ),
    Job(
        "seed_holidays",
        calendar.seed_holidays,
        Daily(time(0, 30)),
        _l("Writes down the public holidays of this year and the next one."),
    ),
    Job(
        "tidy_bookkeeping",
        bookkeeping.tidy,
        Daily(time(2, 30)),
        _l("Removes used form keys, old counters and old runs that no longer matter."),
    ),
    Job(
        "seal_access_log",
        access_log.seal_access_log,
        Every(60),
        _l("Takes what pages have left for the access log in and seals it."),
    ),
    Job(
        "purge_access_log",
        access_log.purge_access_log,
        Daily(time(2, 50)),
        _l("Removes entries of the access log that are older than the law and the settings ask."),
    ),
    Job(
        "forget_removed",
        attachments.forget_removed,
        Daily(time(3, 20)),
        _l("Lets go of the files of photos and documents that were removed weeks ago."),
    ),
    Job(
        "tidy_files",
        storage.tidy_files,
        Daily(time(3, 30)),
        _l("Removes files that nothing names any more."),
    ),
    Job(
        "close_tickets",
        close_tickets,
        Daily(time(6, 0)),
        _l("Closes tickets that were resolved a while ago and that nobody reopened."),
    ),
    Job(
        "escalate_tickets",
        deadlines.escalate,
        Every(300),
        _l("Tells technicians of deadlines that are near, and heads of those that have passed."),
    ),
    Job(
        "forget_presence",
        tickets.forget_presence,
        Daily(time(2, 40)),
        _l("Forgets who had which ticket open."),
    ),
    Job(
        "renew_deadlines",
        deadlines.renew_deadlines,
        Every(300),
        _l("Gives open tickets new deadlines after the calendar or the targets have changed."),
    ),
    Job(
        "fetch_mail",
        mail_in.fetch_mail,
        Every(60),
        _l("Fetches the mailbox and makes tickets, or answers on tickets, of its mails."),
    ),
    Job(
        "remind_to_rate",
        tickets.remind_to_rate,
        Daily(time(9, 0)),
        _l("Asks people once, three days after their report was closed, how the work was."),
    ),
    Job(
        "remind_repairs",
        repairs.remind,
        Every(1800),
        _l("Asks about timers that were forgotten, and tells of items that vendors keep too long."),
    ),
    Job(
        "flag_loans",
        loans.flag_due,
        Daily(time(6, 30)),
        _l("Reminds borrowers of loans that are due tomorrow, due today or overdue."),
    ),
    Job(
        "expire_loan_requests",
        loans.expire_requests,
        Daily(time(0, 40)),
        _l("Ends loan requests that were not fetched in time, so that others may have the things."),
    ),
    Job(
        "remind_handovers",
        transfers.remind_handovers,
        Daily(time(6, 40)),
        _l("Reminds people who have not confirmed items in their name for a week."),
    ),
    Job(
        "flag_rounds",
        counts.flag_rounds,
        Daily(time(6, 40)),
        _l("Reminds inspection committees of reports that are due soon or late."),
    ),
    Job(
        "flag_disposals",
        disposals.flag_disposals,
        Daily(time(6, 40)),
        _l("Tells people of the days by which a disposal is reported, finished or struck off."),
    ),
    Job(
        "follow_plans",
        maintenance.follow_plans,
        Daily(time(5, 30)),
        _l("Lets the dates of maintenance plans come up and gathers them into visits."),
    ),
    Job(
        "flag_licences",
        licences.flag_licences,
        Daily(time(6, 35)),
        _l("Tells people of licences and contracts that end soon or have ended; each step once."),
    ),
    Job(
        "watch_backups",
        backups.watch_backups,
        Daily(time(7, 20)),
        _l("Tells administrators once when the newest backup has become too old."),
    ),
    Job(
        "flag_warranties",
        coming.flag_warranties,
        Daily(time(6, 45)),
        _l("Tells technicians and the store of warranties that end within a month, each once."),
    ),
    Job(
        "flag_service",
        register.flag_service,
        Daily(time(6, 45)),
        _l("Tells technicians and the store which equipment is due for service."),
    ),
    Job(
        "keep_worths",
        register.keep_worths,
        Every(300),
        _l("Keeps the book values of the day, so that the register is put in their order at once."),
    ),
    Job(
        "gather_figures",
        figures.gather,
        Every(60),
        _l("Counts the tickets that changed, for the pages of figures."),
    ),
    Job(
        "check_figures",
        figures.check_figures,
        Daily(time(2, 40)),
        _l("Compares all figures with the tickets and mends what differs."),
    ),
    Job(
        "remind_reviews",
        knowledge.remind_reviews,
        Daily(time(7, 0)),
        _l("Reminds authors of articles that nobody has looked at for a year."),
    ),
    Job(
        "flag_short_stock",
        stock.flag_short_stock,
        Daily(time(6, 55)),
        _l("Tells keepers of stores what has fallen below its minimum, once each time."),
    ),
    Job(
        "flag_unpaid",
        purchases.flag_unpaid,
        Daily(time(6, 55)),
        _l("Tells supply officers which accepted instalments should have been paid, once each."),
    ),
    Job(
        "flag_cards",
        cards.flag_cards,
        Daily(time(6, 50)),
        _l("Tells holders of user cards that their card ends in a month or in a week."),
    ),
    Job(
        "finish_card_batches",
        cards.finish_batches,
        Every(60),
        _l("Goes on with the cards of a school whose page was closed."),
    ),
    Job(
        "confirm_requests",
        requests.confirm_silent,
        Daily(time(6, 10)),
        _l("Finishes requests that were carried out two weeks ago and of which nobody complained."),
    ),
    Job(
        "watch_rights",
        access_rights.watch_rights,
        Daily(time(6, 15)),
        _l("Tells people that their access to a system ends, and ends what is over."),
    ),
    Job(
        "watch_programmes",
        programmes.watch_programmes,
        Daily(time(6, 25)),
        _l("Reminds of steps and activities of programmes that come due or are late."),
    ),
    Job(
        "open_reviews",
        access_rights.open_reviews,
        Daily(time(6, 20)),
        _l("Asks owners of systems to look through who has access, when it is due."),
    ),
    Job(
        "remind_of_trainings",
        trainings.remind_of_trainings,
        Daily(time(7, 5)),
        _l("Reminds people of a training on the day before it begins."),
    ),
    Job(
        "watch_surveys",
        surveys.watch_surveys,
        Daily(time(6, 25)),
        _l("Reminds of surveys three days before their last day, and closes those that are over."),
    ),
    Job(
        "ask_after_tickets",
        surveys.ask_after_tickets,
        Daily(time(8, 40)),
        _l("Asks who reported a fault how they liked the service, after it is closed."),
    ),
    Job(
        "remind_tasks",
        minutes.remind_tasks,
        Daily(time(7, 10)),
        _l("Reminds people of the tasks that meetings gave them, before the day and after."),
    ),
    Job(
        "remind_risks",
        risks.remind_risks,
        Daily(time(7, 10)),
        _l("Reminds people of improvements of internal control that are due or late."),
    ),
    Job(
        "remind_studies",
        studies.remind_studies,
        Daily(time(7, 10)),
        _l("Reminds people of studies and work with ICT that are due or late."),
    ),
    Job(
        "remind_letters",
        letters.remind_letters,
        Daily(time(7, 10)),
        _l("Reminds people of letters that want an answer, before the day and when it is over."),
    ),
    Job(
        "watch_incidents",
        incidents.watch_incidents,
        Every(600),
        _l("Reminds of the 72 hours of a breach of personal data, and of measures that are due."),
    ),
    Job(
        "watch_privacy_requests",
        privacy_requests.watch_privacy_requests,
        Daily(time(7, 10)),
        _l("Reminds of requests of people about their own data, and lets go of old copies."),
    ),
    Job(
        "purge_personal_data",
        privacy_requests.purge_personal_data,
        Daily(time(2, 55)),
        _l("Erases contacts of guests and old messages after the days of the settings."),
    ),
    Job(
        "renew_signers",
        approvals.renew_signers,
        Every(1800),
        _l("Looks again who may sign what waits, and finds what nobody can sign."),
    ),
    Job(
        "remind_approvers",
        approvals.remind_approvers,
        Daily(time(7, 15)),
        _l("Reminds people of what waits for their approval; tells administrators what is late."),
    ),
)
EXTENSION = "timetable"


def jobs() -> tuple[Job, ...]:
    """Return the table of the running application."""
    chosen: tuple[Job, ...] = current_app.extensions.get(EXTENSION, JOBS)
    return chosen


def job_named(name: str) -> Job | None:
    """Return the job of this name, None where there is none."""
    return next((job for job in jobs() if job.name == name), None)
