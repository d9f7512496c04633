"""Imports of labels: files, requests, reports, and the agreement without which nothing is written."""
