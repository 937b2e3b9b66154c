"""Measurements of speed, memory, growth and word boundaries: see docs/performance.md. Not part of the package."""
