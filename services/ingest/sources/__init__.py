"""The data set side of a project: which objects of a bucket are meant, and what a first look at them says."""
