"""Tools that make the files which are generated and kept in the repository."""
