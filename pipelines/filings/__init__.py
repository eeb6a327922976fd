"""The filing's life: the papers to hand in, the spot-check before the authority makes it, the calendar."""
