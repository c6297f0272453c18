"""The bodies of the feed items, made from the tables: one file a noun."""
