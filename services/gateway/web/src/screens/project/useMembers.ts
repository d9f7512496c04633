/** Gives and takes roles in a project; the list follows. */
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";

import { membersQuery, putMember, removeMember } from "../../api/members";
import { queries } from "../../api/queries";
import type { Role } from "../../api/types";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";

export const ROLES: readonly Role[] = ["owner", "labeler"];

export function useMembers(project: string) {
  const { t } = useTranslation();
  const settled = {
    onError: (error: Error) => notifications.show({ color: "red", message: failureText(t, error) }),
    onSettled: () => queries.invalidateQueries({ queryKey: membersQuery(project).queryKey }),
  };
  const give = useSend({ mutationFn: ({ person, role }: { person: string; role: Role }) => putMember(project, person, role), ...settled });
  const take = useSend({ mutationFn: (person: string) => removeMember(project, person), ...settled });
  return { give, take };
}
