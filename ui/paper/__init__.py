"""A printed paper on the screen."""
