"""How Labelbus is put onto machines: `local` runs all of it on one. Never imported by a service."""
