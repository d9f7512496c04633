"""Settings of the gateway."""

from pydantic import Field, SecretStr, field_validator

from services.kit.settings import Settings


class GatewaySettings(Settings):
    """What the gateway alone needs."""

    gateway_bootstrap_token: SecretStr | None = Field(
        default=None,
        description="API token of the first owner, for setting up by scripts: `lb_` and at least 32 characters.",
    )
    gateway_session_idle_s: int = Field(
        default=12 * 3600, ge=60, description="A session ends after this time without use, in seconds."
    )
    gateway_session_max_s: int = Field(
        default=30 * 86_400, ge=60, description="A session ends at the latest after this time, in seconds."
    )
    gateway_sign_in_attempts: int = Field(
        default=10, ge=1, description="Failed sign-ins to one account within the window before it has to wait."
    )
    gateway_sign_in_attempts_address: int = Field(
        default=100, ge=1, description="Failed sign-ins from one address within the window before it has to wait."
    )
    gateway_sign_in_window_s: int = Field(default=900, ge=1, description="The window of sign-in attempts, in seconds.")
    gateway_refresh_every_s: int = Field(
        default=900, ge=1, description="Seconds from one regular refresh of a project to the next."
    )
    gateway_refresh_soon_s: int = Field(
        default=300, ge=1, description="The same, while less than 20 % of the items of the project wait to be labeled."
    )
    notifications_topic: str = Field(
        default="",
        description="Kafka topic with notifications of object stores (S3 events, or SeaweedFS's): projects that are "
        "refreshed regularly are refreshed soon after them. Empty: none. No prefix is put before it.",
    )
    gateway_hint_quiet_ms: int = Field(
        default=10_000,
        ge=0,
        description="Milliseconds without a notification about a project before it is refreshed; at the latest it is "
        "after six times that.",
    )

    @field_validator("gateway_bootstrap_token")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        secret = value.get_secret_value()
        if not secret.startswith("lb_") or len(secret) < 35:  # noqa: PLR2004  said in the description
            raise ValueError("must be `lb_` and at least 32 more characters")
        return value
