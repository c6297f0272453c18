"""What a shop's own systems may do at central: one file a noun, without HTTP."""
