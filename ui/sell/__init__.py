"""The sell screen: the cart and everything that may happen to it."""
