"""The local stack: real Kafka, MongoDB and S3 as child processes of one supervisor. Never part of a service's image."""
