/** Downloads the file of an export. */
import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { address } from "../api/http";

export function DownloadLink({ id }: { id: string }) {
  const { t } = useTranslation();
  return <Anchor href={address(`/exports/${id}/download`)} download size="sm" fw={600}>{t("exports.notices.download")}</Anchor>;
}
