"""The head of a claim: dates, amount, activity type."""
