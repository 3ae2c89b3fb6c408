"""Plans, campaigns and planned activities, and what a claim says of them."""
