"""exportgate: the gate a dataset passes before it leaves China through the Fujian Free Trade Zone."""
