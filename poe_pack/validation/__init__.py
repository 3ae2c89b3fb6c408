"""Runs the rules over a claims repository and makes the one Result."""
