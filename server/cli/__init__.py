"""The command line: serve, migrate, demo, login-link, verify."""
