/** Product mark, path, connection when it is not fine, account menu. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useMatch } from "react-router";

import { projectQuery } from "../api/projects";
import { AvatarMenu } from "./AvatarMenu";
import { ConnectionChip } from "./ConnectionChip";
import { Mark } from "./Mark";
import { NoticeBell } from "./NoticeBell";
import classes from "./Shell.module.css";

export function TopBar() {
  const { t } = useTranslation();
  const id = useMatch("/projects/:id/*")?.params.id ?? "";
  const { data: project } = useQuery({ ...projectQuery(id), enabled: id !== "" && id !== "new" });
  return (
    <header className={classes["bar"]}>
      <Link to="/projects" className={classes["mark"]}>
        <Mark />
        {t("common.product")}
      </Link>
      {project && (
        <nav className={classes["trail"]} aria-label={t("nav.breadcrumb")}>
          <span aria-hidden>/</span>
          <Link to="/projects">{t("nav.projects")}</Link>
          <span aria-hidden>/</span>
          <span>{project.name}</span>
        </nav>
      )}
      <div style={{ flex: 1 }} />
      <ConnectionChip />
      <NoticeBell />
      <AvatarMenu />
    </header>
  );
}
