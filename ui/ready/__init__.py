"""The page *Ready to open?*."""
