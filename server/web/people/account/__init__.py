"""One's own account: proving who one is, passkeys, sessions."""
