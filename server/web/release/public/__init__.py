"""What everybody may read from the hour on: page, files, feed, API, embeds; without session and script."""
