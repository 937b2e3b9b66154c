"""Stage 8, the map and the reduce: annotations to tables, tables to counts and their evidence."""
