"""What an archive takes: files with their metadata, as an xdomea message and as a bag."""
