"""The final document as one page of HTML, for small screens and screen readers."""
