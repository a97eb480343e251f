"""What the programme and the institution decide: pure functions over frozen values, standard library only."""
