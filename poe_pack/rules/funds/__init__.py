"""What is left in the fund that a claim draws on."""
