/** List of members; a role of their own can be changed or taken away. */
import { ActionIcon, Select, Table, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconUserMinus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../api/session";
import type { Member } from "../../api/types";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { PersonCell } from "../../components/PersonCell";
import { ROLES, useMembers } from "./useMembers";

/** Narrower, and the table scrolls. */
const MIN_WIDTH = 520;

export function MemberTable({ project, members }: { project: string; members: Member[] }) {
  const { t } = useTranslation();
  const me = useSession()?.user.id;
  const [asked, setAsked] = useState<Member | null>(null);
  const { give, take } = useMembers(project);
  return (
    <>
      <Table.ScrollContainer minWidth={MIN_WIDTH}>
        <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("people.name")}</Table.Th>
              <Table.Th w={240}>{t("people.role")}</Table.Th>
              <Table.Th w={56}><VisuallyHidden>{t("common.actions")}</VisuallyHidden></Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => (
              <Table.Tr key={member.id}>
                <Table.Td><PersonCell name={member.name} email={member.email} me={member.id === me} /></Table.Td>
                <Table.Td>
                  {member.inherited ? <Text size="sm">{t(`people.roles.${member.role}`)} <Text span size="xs" c="dimmed">{t("project.members.everywhere")}</Text></Text> : (
                    <Select
                      size="xs"
                      aria-label={t("project.members.roleOf", { name: member.name })}
                      data={ROLES.map((value) => ({ value, label: t(`people.roles.${value}`) }))}
                      value={member.role}
                      disabled={member.id === me || give.isPending}
                      allowDeselect={false}
                      onChange={(role) => role && give.mutate({ person: member.id, role })}
                    />
                  )}
                </Table.Td>
                <Table.Td>
                  {!member.inherited && member.id !== me && (
                    <Tooltip label={t("project.members.remove")}>
                      <ActionIcon variant="subtle" color="gray" aria-label={t("project.members.removeNamed", { name: member.name })} onClick={() => setAsked(member)}><IconUserMinus size={17} /></ActionIcon>
                    </Tooltip>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ConfirmDialog
        opened={asked !== null}
        title={t("project.members.removeTitle", { name: asked?.name ?? "" })}
        hint={t("project.members.removeHint", { name: asked?.name ?? "" })}
        action={t("project.members.remove")}
        danger
        busy={take.isPending}
        onConfirm={() => asked && take.mutate(asked.id, { onSettled: () => setAsked(null) })}
        onCancel={() => setAsked(null)}
      />
    </>
  );
}
