"""What the README quotes: measured through the gateway on the whole local stack. `make bench` runs it."""
