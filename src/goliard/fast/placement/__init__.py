"""The array twin of `goliard.rules.placement`: the same outcomes, reasons, audit, hash and refusals, for a million applicants.

`arrays` holds a market as numpy arrays; `deferred_acceptance` allocates (numpy; compiled where numba is installed); `cut_offs`,
`undecided`, `audit` and `reasons` are the twins of the rules of those names; `scan` reads clean CSV files fast and leaves every other
file to the reference reader; `run` is the whole command. Equality with the rules is tested with Hypothesis in `tests/fast/placement`.
"""
