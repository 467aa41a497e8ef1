"""Money: runs of payments, and the ledger that keeps them."""
