"""The command line: serve, migrate, demo, check, renew, login-link, verify."""
