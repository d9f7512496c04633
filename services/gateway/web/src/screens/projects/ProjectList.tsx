/** Rows of projects. */
import { Card } from "@mantine/core";

import type { ProjectRow as Row } from "../../api/types";
import { ProjectRow } from "./ProjectRow";
import classes from "./Projects.module.css";

export function ProjectList({ projects }: { projects: Row[] }) {
  return (
    <Card p={0}>
      <ul className={classes["list"]}>
        {projects.map((project) => <ProjectRow key={project.id} project={project} />)}
      </ul>
    </Card>
  );
}
