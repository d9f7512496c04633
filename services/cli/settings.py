"""What the command line reads from the environment: as a client it needs no secret but its token."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class CliSettings(BaseSettings):
    """Named as in the services."""

    model_config = SettingsConfigDict(env_prefix="LABELBUS_", extra="ignore")

    kafka: str = Field("127.0.0.1:9092", description="Kafka bootstrap servers, host:port, comma separated.")
    topic_prefix: str = Field("", description="Put before each topic.")
    gateway_url: str = Field("http://127.0.0.1:8080", description="Where the gateway listens.")
    token: SecretStr = Field(SecretStr(""), description="API token of the command line; empty: the bootstrap token.")
    gateway_bootstrap_token: SecretStr = Field(SecretStr(""), description="API token of the first owner.")

    @property
    def api_token(self) -> str:
        """The token to use."""
        return self.token.get_secret_value() or self.gateway_bootstrap_token.get_secret_value()
