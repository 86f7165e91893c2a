"""What things are: the course, the regulation, findings, reports. Frozen, and free of everything else of ours."""
