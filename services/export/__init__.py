"""Export: files of labels in object storage, as of the moment they were asked for."""
