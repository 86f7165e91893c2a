"""Documents and packages made of a course: neutral documents, their writers, the official forms."""
