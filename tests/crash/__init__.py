"""kill -9 at every step, with people at work: nothing that was acknowledged may be lost, doubled or out of order."""
