/** Before the first task: what labelers must know (F61). */
import { Button, Card, Center, Container, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { projectQuery } from "../../api/projects";
import { ProjectFailure } from "../project/ProjectFailure";
import { InstructionsText } from "./InstructionsText";
import { rememberInstructions } from "./seen";

export function InstructionsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = "" } = useParams();
  const { data: project, error, refetch } = useQuery(projectQuery(id));
  if (error) return <ProjectFailure error={error} onRetry={() => void refetch()} />;
  if (!project) return <Center h="60vh"><Loader /></Center>;
  const start = () => {
    rememberInstructions(id);
    void navigate(`/projects/${id}/label`);
  };
  return (
    <Container size="sm" py={48}>
      <Stack gap="lg">
        <div>
          <Text size="sm" c="dimmed">{project.name}</Text>
          <Title order={1}>{t("labeling.instructions.title")}</Title>
        </div>
        <Card><InstructionsText instructions={project.instructions} /></Card>
        <Group justify="space-between">
          <Text size="sm" c="dimmed" maw={380}>{t("labeling.instructions.keys")}</Text>
          <Button size="md" rightSection={<IconArrowRight size={18} />} onClick={start} autoFocus>{t("labeling.instructions.start")}</Button>
        </Group>
      </Stack>
    </Container>
  );
}
