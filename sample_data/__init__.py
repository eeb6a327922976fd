"""Synthetic datasets: one or two for each sector of the list, and tables that only look as if they held persons."""
