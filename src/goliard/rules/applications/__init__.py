"""Applications in a round: what is still missing before one may hand in, and what happens next.

`completeness` says every fault at once; `next_step` says what happens, until when, and who acts.
"""
