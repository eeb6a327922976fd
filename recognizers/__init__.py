"""What a value looks like. Knows nothing of datasets or law."""
