"""The pages: each module turns a year of the ledger into what one template shows."""
