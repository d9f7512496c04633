/** Rows of projects. */
import type { ProjectRow as Row } from "../../api/types";
import { RowList } from "../../components/RowList";
import { ProjectRow } from "./ProjectRow";
import classes from "./Projects.module.css";

export function ProjectList({ projects }: { projects: Row[] }) {
  return (
    <RowList columns={classes["columns"]}>
      {projects.map((project) => <ProjectRow key={project.id} project={project} />)}
    </RowList>
  );
}
