/** People of the workspace: roles, invitations, switching off. */
import { Button, Card, Container, Group, Skeleton } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { peopleQuery } from "../../api/people";
import { ErrorState } from "../../components/ErrorState";
import { PageHead } from "../../components/PageHead";
import { InviteDialog } from "./InviteDialog";
import { PeopleTable } from "./PeopleTable";

export function PeoplePage() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(peopleQuery);
  const people = data?.pages.flatMap((page) => page.items);
  return (
    <Container size={1040} py="xl">
      <PageHead name={t("people.title")} hint={t("people.lead")}>
        <Button leftSection={<IconUserPlus size={17} />} onClick={() => setOpened(true)}>{t("people.invite")}</Button>
      </PageHead>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!people && !error && <Skeleton h={240} />}
      {people && <Card p={0}><PeopleTable people={people} /></Card>}
      {hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("common.loadMore")}</Button></Group>}
      <InviteDialog opened={opened} onClose={() => setOpened(false)} />
    </Container>
  );
}
