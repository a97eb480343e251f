"""May this person apply here, and why not.

`facts` holds what the institution knows of the person and what a round or a destination asks; `verdict` compares them, one rule a function.
"""
