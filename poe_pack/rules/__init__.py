"""One module per rule, in folders by what it looks at. A rule does no I/O."""
