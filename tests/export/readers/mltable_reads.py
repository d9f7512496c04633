"""`mltable_reads.py <folder>...` tells as JSON the rows that Azure's own reader of MLTable finds in each folder."""

import json
import sys

import mltable


def main() -> None:
    """A list of rows for each folder, in the order of the arguments."""
    frames = [mltable.load(folder).to_pandas_dataframe() for folder in sys.argv[1:]]
    told = [frame.to_dict("records") for frame in frames]
    print("=" + json.dumps(told, default=list))  # noqa: T201 - that is what it is for


main()
