"""Who stands at the till: signing in, unlocking, changing over."""
