"""Writers of the neutral document: PDF through Typst, DOCX through python-docx."""
