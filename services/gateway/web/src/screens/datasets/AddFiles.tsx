/** More files for a data set, into its folder. Projects that have it take them at their next refresh. */
import { Button, Modal } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { datastoresQuery } from "../../api/datasets";
import type { Dataset } from "../../api/dataset-types";
import { chosenFiles } from "../../upload/chosen";
import { uploader } from "../../upload/uploader";
import { UploadPanel } from "../wizard/UploadPanel";

export function AddFiles({ dataset, onUploaded }: { dataset: Dataset; onUploaded: () => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { data: stores } = useQuery(datastoresQuery);
  const store = stores?.find((one) => one.name === dataset.datastore);
  if (!store || store.read_only) return null;
  const close = () => {
    setOpened(false);
    uploader.clear();
    chosenFiles.clear();
  };
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconUpload size={15} />} onClick={() => setOpened(true)}>{t("datasets.addFiles")}</Button>
      <Modal opened={opened} onClose={close} size={720} title={t("datasets.addFiles")} closeOnClickOutside={false} closeButtonProps={{ "aria-label": t("common.close") }}>
        <UploadPanel content="any" stores={[store]} place={{ datastore: store.name, prefix: dataset.prefix }} fixed onUploaded={onUploaded} />
      </Modal>
    </>
  );
}
