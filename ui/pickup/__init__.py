"""The pick-up screen: waiting orders, and one order on its way over the counter."""
