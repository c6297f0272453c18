"""The second person: sees exactly what is asked, and allows it once with a PIN."""
