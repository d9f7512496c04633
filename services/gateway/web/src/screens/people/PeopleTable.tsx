/** List of people. */
import { ActionIcon, Badge, Menu, Select, Table, VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots, IconLink, IconUserCheck, IconUserOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { changePerson, peopleQuery, renewLink } from "../../api/people";
import { queries } from "../../api/queries";
import { useSession } from "../../api/session";
import { useSend } from "../../api/useSend";
import type { Person, Role } from "../../api/types";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { failureText } from "../../components/failure";
import { PersonCell } from "../../components/PersonCell";
import { LinkDialog } from "./LinkDialog";

const ROLES = ["owner", "labeler", "none"] as const;
/** Narrower, and the table scrolls. */
const MIN_WIDTH = 560;

export function PeopleTable({ people }: { people: Person[] }) {
  const { t } = useTranslation();
  const me = useSession()?.user.id;
  const [asked, setAsked] = useState<Person | null>(null);
  const [made, setMade] = useState<{ person: Person; link: string } | null>(null);
  const failed = (error: unknown) => notifications.show({ color: "red", message: failureText(t, error) });
  const change = useMutation({
    mutationFn: ({ id, ...what }: { id: string; role?: Role | null; disabled?: boolean }) => changePerson(id, what),
    onError: failed,
    onSettled: () => {
      setAsked(null);
      return queries.invalidateQueries({ queryKey: peopleQuery.queryKey });
    },
  });
  const renew = useSend({ mutationFn: renewLink, onSuccess: setMade, onError: failed });
  const state = (person: Person) => (person.disabled ? "disabled" : person.signed_in_at ? "active" : "invited");
  const color = { disabled: "gray", active: "teal", invited: "blue" };
  return (
    <>
      <Table.ScrollContainer minWidth={MIN_WIDTH}>
        <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("people.name")}</Table.Th>
              <Table.Th w={170}>{t("people.role")}</Table.Th>
              <Table.Th w={120}>{t("people.state")}</Table.Th>
              <Table.Th w={56}><VisuallyHidden>{t("common.actions")}</VisuallyHidden></Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map((person) => (
              <Table.Tr key={person.id} opacity={person.disabled ? 0.6 : 1}>
                <Table.Td><PersonCell name={person.name} email={person.email} me={person.id === me} /></Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    aria-label={t("people.role")}
                    data={ROLES.map((value) => ({ value, label: t(`people.roles.${value}`) }))}
                    value={person.role ?? "none"}
                    disabled={person.id === me || person.disabled}
                    allowDeselect={false}
                    onChange={(role) => role && change.mutate({ id: person.id, role: role === "none" ? null : role })}
                  />
                </Table.Td>
                <Table.Td><Badge color={color[state(person)]}>{t(`people.${state(person)}`)}</Badge></Table.Td>
                <Table.Td>
                  {person.id !== me && (
                    <Menu position="bottom-end">
                      <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t("common.actions")}><IconDots size={17} /></ActionIcon></Menu.Target>
                      <Menu.Dropdown>
                        {!person.disabled && <Menu.Item leftSection={<IconLink size={16} />} onClick={() => renew.mutate(person.id)}>{t("people.newLink")}</Menu.Item>}
                        {person.disabled ? (
                          <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={() => change.mutate({ id: person.id, disabled: false })}>{t("people.enable")}</Menu.Item>
                        ) : (
                          <Menu.Item color="red" leftSection={<IconUserOff size={16} />} onClick={() => setAsked(person)}>{t("people.disable")}</Menu.Item>
                        )}
                      </Menu.Dropdown>
                    </Menu>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ConfirmDialog
        opened={asked !== null}
        title={t("people.disableTitle", { name: asked?.name ?? "" })}
        hint={t("people.disableHint", { name: asked?.name ?? "" })}
        action={t("people.disable")}
        danger
        busy={change.isPending}
        onConfirm={() => asked && change.mutate({ id: asked.id, disabled: true })}
        onCancel={() => setAsked(null)}
      />
      <LinkDialog invitation={made} onClose={() => setMade(null)} />
    </>
  );
}
