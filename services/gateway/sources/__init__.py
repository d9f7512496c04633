"""Datastores: a look before a project is made, uploads, samples."""
