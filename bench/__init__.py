"""Benchmarks against peers. Figures are ratios from one run; nothing here is a test."""
