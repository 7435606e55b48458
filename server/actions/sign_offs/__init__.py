"""The ways of giving a sign-off."""
