"""The search screen (F2, F3): goods as you type, with price, stock here and elsewhere."""
