"""What a mobility costs: grant rules as dated, cited data, and the engine that prices with them.

Read in this order: `table` (what a year's figures look like), `mobility` (what is priced), `case` (what follows from it),
`eligibility`, `individual_support`, `travel`, `top_ups`, `organisation` (one rule each), `entitlement` (one mobility), `plan` (many).
The page that explains every step is `docs/algorithms/grants.md`.
"""
