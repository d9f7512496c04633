/** The labeling page: loads the project, shows instructions first (F61), then the work. */
import { Center, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "react-router";

import { projectQuery } from "../../api/projects";
import { useSession } from "../../api/session";
import { ShortcutsDialog } from "../../app/ShortcutsDialog";
import { ProjectFailure } from "../project/ProjectFailure";
import { Labeling } from "./Labeling";
import { instructionsSeen } from "./seen";

export function LabelingPage() {
  const { id = "" } = useParams();
  const session = useSession();
  const { data: project, error, refetch } = useQuery(projectQuery(id));
  if (!instructionsSeen(id)) return <Navigate to={`/projects/${id}/instructions`} replace />;
  if (project) {
    return (
      <>
        <Labeling key={id} project={project} user={session?.user.id ?? ""} />
        <ShortcutsDialog task={project.task_type} />
      </>
    );
  }
  return <Center h="100vh">{error ? <ProjectFailure error={error} onRetry={() => void refetch()} /> : <Loader />}</Center>;
}
