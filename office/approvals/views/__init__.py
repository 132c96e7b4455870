"""Pages of approvals: what waits for me, one request, paths, absences, links of messages."""
