"""The customer screen: phone, card, new card."""
