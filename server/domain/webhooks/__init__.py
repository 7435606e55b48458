"""What other systems are told by HTTP, after the scheme of Standard Webhooks."""
