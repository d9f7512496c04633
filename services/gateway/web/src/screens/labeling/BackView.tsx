/** Own earlier work, newest first: look at it and change it (an update of a label that nobody reviewed). */
import { Button, Center, Kbd, Loader, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowLeft, IconArrowRight, IconHistory } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../annotator/labels";
import { held } from "../../annotator/page";
import { isText, oneAPage } from "../../annotator/task";
import type { Project } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { failureText } from "../../components/failure";
import { formatAgo } from "../../components/format";
import { LabelPanel } from "./LabelPanel";
import { RegionBack } from "./regions/RegionBack";
import { SingleImage } from "./SingleImage";
import { useFont } from "./text/font";
import { TextDesk } from "./text/TextDesk";
import { useBackKeys } from "./useBackKeys";
import { useDone } from "./useDone";
import { useUnsaved } from "./useUnsaved";
import { useZoom } from "./useZoom";
import classes from "./Labeling.module.css";

interface Props {
  project: Project;
  user: string;
  labels: readonly ShownLabel[];
  onLeave: () => void;
  onInstructions: () => void;
}

export function BackView({ project, user, labels, onLeave, onInstructions }: Props) {
  const { t } = useTranslation();
  const zoom = useZoom();
  const font = useFont();
  const text = isText(project.task_type);
  const regions = !text && oneAPage(project.task_type);
  const done = useDone(project, user);
  const unsaved = useUnsaved(done);
  const leave = () => {
    if (done.touched) notifications.show({ color: "yellow", message: unsaved.left });
    onLeave();
  };
  const save = () => {
    if (!done.changed) return;
    void done.save().then(
      () => notifications.show({ color: "teal", message: t("labeling.done.saved") }),
      (error: unknown) => notifications.show({ color: "red", message: failureText(t, error) }),
    );
  };
  useBackKeys({ on: !regions || !done.item, done, labels, zoom: text ? { in: () => font.larger?.(), out: () => font.smaller?.(), fit: font.usual } : zoom, onLeave: leave, onInstructions, onSave: save });
  if (done.error) return <Center><ErrorState error={done.error} /></Center>;
  if (done.loading) return <Center><Loader /></Center>;
  if (!done.item) {
    return (
      <EmptyState icon={<IconHistory size={28} />} title={t("labeling.done.none")} hint={t("labeling.done.noneHint")}>
        <Button onClick={onLeave} autoFocus>{t("labeling.done.leave")}</Button>
      </EmptyState>
    );
  }
  const title = <Text size="sm" c="dimmed">{t("labeling.done.title")}, {t("labeling.done.newest")}</Text>;
  const footer = (
    <footer className={classes["actions"]}>
      <Button variant="default" onClick={leave} rightSection={<Kbd size="xs">{t("shortcuts.keys.esc")}</Kbd>}>{t("labeling.done.leave")}</Button>
      <div className={classes["middle"]}>
        <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={16} />} disabled={!done.hasOlder} onClick={done.older}>{t("labeling.done.older")}</Button>
        <Text size="sm" c="dimmed">{t("labeling.done.at", { when: formatAgo(done.item.at) })}</Text>
        <Button variant="subtle" color="gray" rightSection={<IconArrowRight size={16} />} disabled={!done.hasNewer} onClick={done.newer}>{t("labeling.done.newer")}</Button>
      </div>
      <span className={classes["hint"]} role="status">{unsaved.hint}</span>
      <Button disabled={!done.changed} loading={done.saving} onClick={save} rightSection={<span className={classes["keys"]}>{t("labeling.submitKeys")}</span>}>{t("labeling.done.save")}</Button>
    </footer>
  );
  if (regions) return <RegionBack done={done} item={done.item} labels={labels} onLeave={leave} onInstructions={onInstructions} onSave={save} title={title}>{footer}</RegionBack>;
  return (
    <div className={classes["bench"]}>
      {text ? <TextDesk item={done.item} page={done.log.page} labels={labels} font={font.font} run={done.run} onChoose={done.choose}>{title}</TextDesk> : (
        <main className={classes["stage"]}>
          {title}
          <SingleImage key={done.item.id} item={done.item} labels={labels} page={done.log.page} zoom={zoom} onCommand={done.run} />
        </main>
      )}
      {!text && <LabelPanel labels={labels} held={(label) => held(done.log.page, done.log.page.items, label)} targets={1} onChoose={done.choose} />}
      {footer}
    </div>
  );
}
