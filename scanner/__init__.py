"""The steps of the gate: profile, detect, map, count, evaluate. Start reading at `gate`."""
