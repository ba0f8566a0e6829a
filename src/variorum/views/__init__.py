"""Views: ``Record`` → terminal, one HTML page, Markdown, tables. They read the record and nothing else."""
