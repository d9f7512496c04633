/** English. Plurals by suffix (`_one`, `_other`), values in double braces. */
import { datasets } from "./datasets";
import { exports } from "./exports";
import { imports } from "./imports";
import { labeling } from "./labeling";
import { dicom, masks } from "./masks";
import { people } from "./people";
import { project } from "./project";
import { projects } from "./projects";
import { regions } from "./regions";
import { shell } from "./shell";
import { texts } from "./texts";
import { wizard } from "./wizard";

export const en = { ...shell, projects, datasets, wizard, project, imports, exports, people, labeling, masks, dicom, regions, texts } as const;
