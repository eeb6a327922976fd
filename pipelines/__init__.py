"""Where the outside world calls the gate: command line, Great Expectations, orchestrators, reports."""
