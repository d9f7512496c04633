/** Gives somebody of the workspace a role in this project. */
import { Button, Group, Modal, Radio, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { everybodyQuery } from "../../api/members";
import type { Member, Role } from "../../api/types";
import { failureText } from "../../components/failure";
import { ROLES, useMembers } from "./useMembers";

interface Props {
  project: string;
  members: Member[];
  onClose: () => void;
}

export function MemberDialog({ project, members, onClose }: Props) {
  const { t } = useTranslation();
  const [person, setPerson] = useState<string | null>(null);
  const [role, setRole] = useState<Role>("labeler");
  const { data: everybody, error } = useQuery(everybodyQuery);
  const { give } = useMembers(project);
  const known = new Set(members.map((member) => member.id));
  const others = everybody?.filter((one) => !one.disabled && !known.has(one.id)) ?? [];
  const none = everybody !== undefined && others.length === 0;
  return (
    <Modal opened onClose={onClose} title={t("project.members.addTitle")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <Select
          label={t("project.members.person")}
          placeholder={t("common.search")}
          description={t(none ? "project.members.nobody" : "project.members.personHint")}
          disabled={none}
          error={error && failureText(t, error)}
          data={others.map(({ id, name, email }) => ({ value: id, label: email ? `${name} (${email})` : name }))}
          value={person}
          onChange={setPerson}
          searchable
          data-autofocus
        />
        <Radio.Group label={t("people.role")} value={role} onChange={(value) => setRole(ROLES.find((one) => one === value) ?? role)}>
          <Stack gap="xs" mt="xs">
            {ROLES.toReversed().map((value) => <Radio key={value} value={value} label={t(`people.roles.${value}`)} description={t(`project.members.roleHints.${value}`)} />)}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
          <Button disabled={person === null} loading={give.isPending} onClick={() => person !== null && give.mutate({ person, role }, { onSuccess: onClose })}>{t("project.members.add")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
