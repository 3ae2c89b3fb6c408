"""Makes the evidence files of the worked example in claims/. Everything in them is invented."""
