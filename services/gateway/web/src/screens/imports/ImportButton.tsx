/** "Import" on the command bar of a project (F189); says so when an import waits for a decision. */
import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { importsQuery } from "../../api/imports";
import type { Project } from "../../api/types";

const ImportDialog = lazy(async () => ({ default: (await import("./ImportDialog")).ImportDialog }));

export function ImportButton({ project }: { project: Project }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<boolean | null>(null);
  const { data: jobs = [] } = useQuery(importsQuery(project.id));
  const waits = jobs.some((job) => job.state === "checked");
  const can = project.run_state === "running" || project.run_state === "paused";
  return (
    <>
      <Button variant={waits ? "light" : "default"} leftSection={<IconFileImport size={17} />} disabled={!can} title={waits ? t("imports.open") : undefined} onClick={() => setOpened(true)}>
        {t("imports.button")}
      </Button>
      {opened !== null && <Suspense><ImportDialog project={project} opened={opened} onClose={() => setOpened(false)} /></Suspense>}
    </>
  );
}
