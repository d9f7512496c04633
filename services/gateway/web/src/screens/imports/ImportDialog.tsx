/** One import from its file to its result. What is under way goes on when the dialog is closed, and is shown when it is opened again. */
import { Modal, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { hasEnded, type ImportJob, importsQuery } from "../../api/imports";
import type { Project } from "../../api/types";
import { ErrorState } from "../../components/ErrorState";
import { FileStep } from "./FileStep";
import { Report } from "./Report";
import { Result } from "./Result";
import { UnderWay } from "./UnderWay";

interface Props {
  project: Project;
  opened: boolean;
  onClose: () => void;
}

export function ImportDialog({ project, opened, onClose }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState("");
  const { data: jobs, error, refetch } = useQuery(importsQuery(project.id));
  const job = jobs?.find((one) => one.id === shown) ?? jobs?.find((one) => !hasEnded(one));
  const close = () => {
    onClose();
    if (job && hasEnded(job)) setShown("");
  };
  return (
    <Modal opened={opened} onClose={close} size="lg" title={t("imports.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !jobs && <Skeleton h={220} />}
      {jobs && !job && <FileStep project={project} onStart={(started) => setShown(started.id)} onClose={close} />}
      {job && <Stage job={job} onSeen={() => setShown(job.id)} onAnother={() => setShown("none")} onClose={close} />}
    </Modal>
  );
}

function Stage({ job, onSeen, onAnother, onClose }: { job: ImportJob; onSeen: () => void; onAnother: () => void; onClose: () => void }) {
  if (job.state === "checked") return <Report job={job} onDecided={onSeen} />;
  if (hasEnded(job)) return <Result job={job} onAnother={onAnother} onClose={onClose} />;
  return <UnderWay job={job} onCanceled={onSeen} onClose={onClose} />;
}
