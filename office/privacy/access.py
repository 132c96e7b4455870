"""Who may say that they have read the privacy notice, and who publishes it."""

from __future__ import annotations

from kernel.access import permission
from office.people.access import EVERYONE, Role

READ = permission("office:privacy_notice:read", roles=EVERYONE)
PUBLISH = permission("office:privacy_notice:publish", roles=(Role.ADMIN,), office_wide=True)
# Data subjects may look through the records (section 39); so may everybody who is signed in.
RECORDS = permission("office:processing:read", roles=EVERYONE)
REVIEW = permission("office:processing:review", roles=(Role.ADMIN, Role.AUDITOR), office_wide=True)
KEEP = permission("office:processing:keep", roles=(Role.ADMIN,), office_wide=True)
