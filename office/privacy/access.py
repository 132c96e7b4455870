"""Who may say that they have read the privacy notice, and who publishes it."""

from __future__ import annotations

from kernel.access import permission
from office.people.access import EVERYONE, Role

READ = permission("office:privacy_notice:read", roles=EVERYONE)
PUBLISH = permission("office:privacy_notice:publish", roles=(Role.ADMIN,), office_wide=True)
