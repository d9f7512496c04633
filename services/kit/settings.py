"""What every service reads from its environment, `LABELBUS_…`. A service adds its own fields in its `settings.py`."""

import sys
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.contracts.topics import PARTITIONS
from services.kit.sentences import said


class Settings(BaseSettings):
    """Settings common to all services. The table in `docs/operations.md` is checked against the descriptions."""

    model_config = SettingsConfigDict(env_prefix="LABELBUS_", extra="ignore")

    kafka: str = Field("127.0.0.1:9092", description="Kafka bootstrap servers, host:port, comma separated.")
    mongo_url: str = Field(
        "mongodb://127.0.0.1:27017/?directConnection=true",
        description="MongoDB connection string. It has to be a replica set; one node is enough.",
    )
    mongo_driver: Literal["motor", "pymongo"] = Field(
        "motor", description="Asynchronous MongoDB driver: `motor`, or `pymongo` for its successor."
    )
    database_prefix: str = Field("", description="Put before each database name: several deployments on one MongoDB.")
    topic_prefix: str = Field("", description="Put before each topic and group: several deployments on one Kafka.")
    topic_partitions: int = Field(
        PARTITIONS,
        ge=1,
        le=1_000,
        description="Partitions of each topic that is created, and so the most processes of a service that share its "
        "records. A topic that is there keeps what it has.",
    )
    s3_url: str = Field("http://127.0.0.1:9000", description="Endpoint of the object storage, with scheme.")
    s3_access_key: str = Field("", description="Access key of the object storage.")
    s3_secret_key: SecretStr = Field(SecretStr(""), description="Secret key of the object storage.")
    s3_region: str = Field("us-east-1", description="Region of the object storage.")
    bucket: str = Field("labelbus", description="Default bucket: uploads, exports and large geometry.")
    datastore_key: SecretStr = Field(
        SecretStr(""),
        description="Encrypts the keys of registered data stores: 32 bytes in base64. Further ones, after commas, only "
        "decrypt, so that it can be changed.",
    )
    internal_key: SecretStr = Field(
        description="Secret that the services of a deployment show one another.", min_length=16
    )
    host: str = Field("127.0.0.1", description="Address that a service listens on. Its port is that of its own URL.")
    gateway_url: str = Field("http://127.0.0.1:8080", description="Where the gateway listens.")
    queue_url: str = Field("http://127.0.0.1:8081", description="Where queue listens.")
    ingest_url: str = Field("http://127.0.0.1:8082", description="Where ingest listens.")
    export_url: str = Field("http://127.0.0.1:8083", description="Where export listens.")
    instance: str = Field(
        "0",
        pattern=r"^[A-Za-z0-9._-]{1,100}$",
        description="Ordinal of this process among those of its service, such as a pod's. Two may never share one.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level that is logged.")

    @classmethod
    def read(cls) -> Self:
        """Those of the environment. Ends the process with a line for each one that is wrong, and none of its value."""
        try:
            return cls()
        except ValidationError as error:
            prefix = cls.model_config.get("env_prefix", "")
            found = error.errors(include_url=False, include_input=False)
            sys.exit("\n".join(f"{prefix}{entry['loc'][0]!s}".upper() + f" {said(entry)}." for entry in found))

    def port(self, service: str) -> int:
        """Port of a service's own URL."""
        url = urlsplit(str(getattr(self, f"{service}_url")))
        return url.port or (443 if url.scheme == "https" else 80)
