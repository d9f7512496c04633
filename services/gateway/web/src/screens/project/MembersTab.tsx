/** Who may do what in this project: own roles are changed here, those of the whole workspace under People. */
import { Button, Card, Group, Skeleton, Text } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { membersQuery } from "../../api/members";
import { useMay } from "../../api/session";
import { ErrorState } from "../../components/ErrorState";
import { MemberDialog } from "./MemberDialog";
import { MemberTable } from "./MemberTable";
import { useProject } from "./useProject";

export function MembersTab() {
  const { t } = useTranslation();
  const { id } = useProject();
  const seesPeople = useMay("members/write");
  const [opened, setOpened] = useState(false);
  const { data: members, error, refetch } = useQuery(membersQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!members) return <Skeleton h={220} />;
  return (
    <>
      <Group justify="space-between" mb="md">
        <Text size="sm" c="dimmed">{t(seesPeople ? "project.members.lead" : "project.members.leadHere")}</Text>
        {seesPeople && <Button leftSection={<IconUserPlus size={17} />} onClick={() => setOpened(true)}>{t("project.members.add")}</Button>}
      </Group>
      <Card p={0}><MemberTable project={id} members={members} /></Card>
      {opened && <MemberDialog project={id} members={members} onClose={() => setOpened(false)} />}
    </>
  );
}
