"""Who goes where: rank, allocate, explain, audit, repeat.

Read in this order: `market` (what goes in), `ties`, `choice` (how one destination chooses), `deferred_acceptance` (the default policy),
`policies` (the others and what each promises), `explain` (why), `audit` (an independent check), `run` (all of it, with its hash).
`docs/algorithms/placement.md` states guarantees and limits, with worked tables that the tests run.
"""
