"""The pay screen: tenders, change, done."""
