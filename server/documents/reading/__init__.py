"""Reading documents back without trusting them."""
