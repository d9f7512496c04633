/** English. Plurals by suffix (`_one`, `_other`), values in double braces. */
import { labeling } from "./labeling";
import { people } from "./people";
import { project } from "./project";
import { projects } from "./projects";
import { shell } from "./shell";
import { wizard } from "./wizard";

export const en = { ...shell, projects, wizard, project, people, labeling } as const;
