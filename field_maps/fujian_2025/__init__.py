"""The data-export negative list of the Fujian Free Trade Zone, 2025 edition: data files only."""
