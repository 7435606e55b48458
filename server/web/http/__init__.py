"""What every page needs: requests, forms, errors, headers, rendering."""
