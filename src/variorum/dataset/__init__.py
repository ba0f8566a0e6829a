"""Data sets: the steps over any number of reports on any engine, written as Parquet tables with a manifest."""
