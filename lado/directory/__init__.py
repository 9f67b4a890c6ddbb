"""Public lists of schools and providers, read and loaded as organisations."""
