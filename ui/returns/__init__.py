"""The return screen: what of a receipt comes back, and how the money goes back."""
