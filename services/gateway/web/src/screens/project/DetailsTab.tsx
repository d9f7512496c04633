/** Settings of a project: what is fixed, what can change, and what is dangerous. */
import { SimpleColumns } from "./SimpleColumns";
import { DangerCard } from "./DangerCard";
import { InstructionsCard } from "./InstructionsCard";
import { RefreshCard } from "./RefreshCard";
import { SettingsCard } from "./SettingsCard";
import { useProject } from "./useProject";

export function DetailsTab() {
  const project = useProject();
  const writes = project.permissions.includes("projects/write");
  return (
    <SimpleColumns>
      <SettingsCard project={project} />
      <InstructionsCard key={project.version} project={project} />
      <RefreshCard project={project} />
      {(writes || project.permissions.includes("projects/delete")) && <DangerCard project={project} />}
    </SimpleColumns>
  );
}
