"""Benchmarks, run by `tasks.py bench NAME`: figures side by side with the peers, never a test."""
