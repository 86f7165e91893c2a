"""Question files, one module per format: read and write, and what becomes of them on the platform."""
