"""What happens to requests because time passed: silence counts as the asker's confirmation."""

from __future__ import annotations

from helpdesk.requests import queries
from helpdesk.requests.rules import carrying_out, drafting
from helpdesk.requests.states import State
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.work import work

TIMETABLE = Viewer(name="timetable")


def confirm_silent() -> int:
    """Finish the requests whose askers have said nothing for fourteen days; one at a time.

    Returns:
        how many were finished; called again, nothing more happens.
    """
    finished = 0
    for request_id in queries.silent_ids():
        with work():
            request = drafting.locked(request_id)
            if request is None or request.state != State.DONE:
                continue
            if not carrying_out.silent_since(request):
                continue
            with speaking(request.asker.language):
                words = _("Nobody said that something is missing.")
            carrying_out.confirm(request, by=TIMETABLE, words=words)
            finished += 1
    return finished
