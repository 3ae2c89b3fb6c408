"""`python -m poe_pack` is the same program as `poe-pack`."""

from poe_pack.cli import main

if __name__ == "__main__":
    main()
