"""What is on disk: the course folder, the regulation file, the texts."""
