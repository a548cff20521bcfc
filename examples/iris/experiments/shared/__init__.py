"""What the programs of this example have in common. Python's standard library only."""
