"""The customer screen (F4): a phone becomes a card, two cards a choice, an unknown phone a new card."""
