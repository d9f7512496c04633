"""Lists data sources, probes files, serves pictures. It is the only service that reads source objects."""
