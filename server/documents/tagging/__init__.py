"""Structure, metadata and attachments of PDF/UA and PDF/A."""
