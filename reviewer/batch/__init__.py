"""Triage of a bureau's whole batch: intake, guarded reviews, duplicates, tables, order.

``intake`` finds the files, ``pairing`` brings Word and stamped PDF together, ``run`` has them
reviewed (``pool`` on this machine, ``cluster`` on many) and keeps a ``journal``, ``finish`` makes
triage, official tables and copied texts out of what was reviewed.
"""
