"""Twin of `proto/labelbus/v1/datasets.proto`: the full state of a data set at a revision."""

from services.contracts.base import Contract, Int64, Time
from services.contracts.projects import ColumnMapping, DataSource, SourceKind, TableSettings


class Dataset(Contract):
    """Full state of a data set at a revision.

    Which objects a `version` means never changes; a later version may mean others. What was counted in it may change,
    which makes a new `revision`. `by_extension` holds lower-case extensions, `""` for none; `counted_at` is absent
    until everything was counted.
    """

    id: str
    version: int
    revision: int
    name: str
    description: str = ""
    kind: SourceKind = SourceKind.FILES
    datastore: str
    prefix: str = ""
    pattern: str = "**"
    table: TableSettings | None = None
    mapping: ColumnMapping | None = None
    created_by: str = ""
    created_at: Time
    updated_at: Time
    count: Int64 = 0
    bytes: Int64 = 0
    by_extension: dict[str, int] = {}
    counted_at: Time | None = None
    problem: str = ""

    @property
    def source(self) -> DataSource:
        """What a project that takes this version reads."""
        return DataSource(
            datastore=self.datastore,
            prefix=self.prefix,
            pattern=self.pattern,
            dataset=self.id,
            dataset_version=self.version,
            kind=self.kind,
            table=self.table,
            mapping=self.mapping,
        )
