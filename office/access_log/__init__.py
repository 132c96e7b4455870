"""The service's own access log (Computer Crime Act, section 26).

One entry for each sign-in, failed sign-in, sign-out, change of rights, export, removal and look at
personal data of others: who, when, from where, with what device. ``witness`` sees requests and
leaves a line in the ``spool`` of its host; a job gathers the lines into the table and seals them
with a chain of hashes, so pages never wait for the database. ``rules`` purge what is over its time,
unless a legal hold keeps it. Auditors and administrators read and hand out entries for a reason;
everybody sees who read their own data.
"""
