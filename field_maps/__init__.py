"""The law, as data: editions of negative lists and the national rule."""
