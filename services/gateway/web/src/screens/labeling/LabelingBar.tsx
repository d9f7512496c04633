/** Top of the labeling page: where one is, what kind of tasks, how far, whether all is saved. */
import { ActionIcon, Badge, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconInfoCircle, IconKeyboard } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Kind } from "../../api/labeling-types";
import { projectsQuery } from "../../api/projects";
import type { Project } from "../../api/types";
import { AvatarMenu } from "../../app/AvatarMenu";
import { ConnectionChip } from "../../app/ConnectionChip";
import { openShortcuts } from "../../app/shortcuts";
import { SaveState } from "./SaveState";
import classes from "./Labeling.module.css";

export function LabelingBar({ project, kind, onInstructions }: { project: Project; kind: Kind; onInstructions: () => void }) {
  const { t } = useTranslation();
  const { data } = useInfiniteQuery(projectsQuery({ q: project.name, state: "" }));
  const counts = data?.pages.flatMap((page) => page.items).find((row) => row.id === project.id)?.progress;
  const kindName = kind === 0 ? "prelabeled" : kind === 1 ? "clustered" : null;
  return (
    <header className={classes["bar"]}>
      <title>{`${project.name} · ${t("common.product")}`}</title>
      <Tooltip label={t("labeling.home")}>
        <ActionIcon variant="subtle" color="gray" component={Link} to="/projects" aria-label={t("labeling.home")}><IconArrowLeft size={18} /></ActionIcon>
      </Tooltip>
      <h1 className={classes["name"]} style={{ margin: 0 }}>{project.name}</h1>
      {kindName && <Badge>{t(`labeling.kind.${kindName}`)}</Badge>}
      <div style={{ flex: 1 }} />
      {counts && <span className={`${classes["hint"] ?? ""} numbers`}>{t("common.ofTotal", { part: counts.labeled + counts.skipped, total: counts.total })}</span>}
      <SaveState />
      <ConnectionChip work={false} />
      <Tooltip label={t("labeling.instructions.title")}>
        <ActionIcon variant="subtle" color="gray" onClick={onInstructions} aria-label={t("labeling.instructions.title")}><IconInfoCircle size={19} /></ActionIcon>
      </Tooltip>
      <Tooltip label={t("labeling.help")}>
        <ActionIcon variant="subtle" color="gray" onClick={openShortcuts} aria-label={t("labeling.help")}><IconKeyboard size={19} /></ActionIcon>
      </Tooltip>
      <AvatarMenu />
    </header>
  );
}
