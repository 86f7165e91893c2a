"""The pages of the course window, one per step of the wizard."""
