"""DOCX files in the shapes that offices produce, made by code of the tests' own: none of the service's."""
