"""`python -m services.cli` is the command `labelbus`."""

import sys

from services.cli.app import main

sys.exit(main())
