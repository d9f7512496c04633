/** Instructions, which owners may change at any time (F63). */
import { Button, Card, Group, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";

import { ApiError } from "../../api/problem";
import { changeProject, projectQuery } from "../../api/projects";
import { queries } from "../../api/queries";
import type { Project } from "../../api/types";
import { failureText } from "../../components/failure";

export function InstructionsCard({ project }: { project: Project }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { text: project.instructions.text, url: project.instructions.url } });
  const writes = project.permissions.includes("projects/write");
  const save = async (instructions: typeof form.values) => {
    try {
      const changed = await changeProject(project.id, { version: project.version, instructions });
      queries.setQueryData(projectQuery(project.id).queryKey, changed);
      notifications.show({ color: "teal", message: t("project.details.instructionsSaved") });
    } catch (error) {
      const conflict = error instanceof ApiError && error.code === "version_conflict";
      const wrong = error instanceof ApiError ? error.problem.fields.find((one) => one.field.endsWith("url")) : undefined;
      if (wrong) form.setFieldError("url", wrong.message);
      else notifications.show({ color: "red", message: conflict ? t("project.details.conflict") : failureText(t, error) });
    }
  };
  return (
    <Card component="form" onSubmit={form.onSubmit(save)}>
      <Title order={2} mb="md">{t("project.details.instructions")}</Title>
      <Stack>
        <Textarea label={t("wizard.instructions.text")} autosize minRows={4} maxRows={16} readOnly={!writes} {...form.getInputProps("text")} />
        <TextInput label={t("wizard.instructions.url")} readOnly={!writes} {...form.getInputProps("url")} />
        <Text size="sm" c="dimmed">{t("wizard.instructions.remind")}</Text>
        {writes && <Group justify="flex-end"><Button type="submit" loading={form.submitting} disabled={!form.isDirty()}>{t("common.save")}</Button></Group>}
      </Stack>
    </Card>
  );
}
