"""The national rule on cross-border data flows, evaluated beside every list: data files only."""
