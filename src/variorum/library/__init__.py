"""The library: the store put together with the steps. Reports are added, stories and records follow, changes are told."""
