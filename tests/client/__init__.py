"""The Python client without a system. What it does against one stands in tests/cli, which has one."""
