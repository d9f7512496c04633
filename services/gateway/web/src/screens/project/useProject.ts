/** The project whose tab is shown. */
import { useOutletContext } from "react-router";

import type { Project } from "../../api/types";

export function useProject(): Project {
  return useOutletContext<Project>();
}
