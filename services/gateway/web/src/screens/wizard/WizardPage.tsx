/** Creation of a project, one step a page; Back keeps all (F3). */
import { Button, Card, Container, Group, Stepper } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";

import { mediaOf } from "../../annotator/task";
import { ApiError } from "../../api/problem";
import { checkQuery } from "../../api/projects";
import { queries } from "../../api/queries";
import { randomId } from "../../api/random";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";
import { PageHead } from "../../components/PageHead";
import { useOnceReady } from "../../components/useOnceReady";
import { chosenFiles } from "../../upload/chosen";
import { uploader } from "../../upload/uploader";
import { create } from "./create";
import { DataStep } from "./DataStep";
import { DetailsStep } from "./DetailsStep";
import { changed, type Draft, sourceOf, type Step, storeDraft, storedDraft } from "./draft";
import { InstructionsStep } from "./InstructionsStep";
import { LabelsStep } from "./LabelsStep";
import { problemsOf, stepOfField } from "./problems";
import { ReviewStep } from "./ReviewStep";
import { kindOf, stepsOf } from "./rows";
import { RowsStep } from "./RowsStep";

/** A data set that the address names, as the page of a data set does. */
function chosenDataset(search: URLSearchParams): Partial<Draft> {
  const dataset = search.get("dataset");
  return dataset ? { origin: "dataset", dataset, datasetVersion: Number(search.get("version") ?? 0) } : {};
}

export function WizardPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [draft, setDraft] = useState<Draft>(() => ({ ...storedDraft(), ...chosenDataset(search) }));
  const [tried, setTried] = useState<ReadonlySet<Step>>(new Set());
  const [refusals, setRefusals] = useState<Readonly<Record<string, string>>>({});
  const waiting = useSyncExternalStore(chosenFiles.onChange, () => chosenFiles.files.length);
  const check = useQuery(checkQuery({ ...sourceOf(draft), media: mediaOf(draft.task) }));
  const kind = kindOf(draft, check.data);
  const steps = stepsOf(kind);
  const step = steps.find((one) => one === search.get("step")) ?? "details";
  const place = steps.indexOf(step);
  const problems = problemsOf(t, draft, check.data, waiting);
  const shown = tried.has(step) ? { ...refusals, ...problems[step] } : refusals;
  useEffect(() => storeDraft(draft), [draft]);

  const go = (to: Step) => setSearch({ step: to });
  const change = (part: Partial<Draft>) => {
    setRefusals({});
    setDraft((was) => changed(was, part));
  };
  const creation = useSend({
    mutationFn: () => create(t, draft, check.data),
    onSuccess: async ({ project, problem }) => {
      storeDraft(null);
      uploader.clear();
      chosenFiles.clear();
      notifications.show({ color: "teal", message: t("wizard.review.created", { name: project.name }) });
      if (problem) notifications.show({ color: "red", message: t("wizard.rows.notImported", { problem }), autoClose: false });
      await queries.invalidateQueries({ queryKey: ["projects"] });
      await navigate(`/projects/${project.id}`);
    },
    onError: (error) => {
      // Without an answer it may have been made: the same key then finds it.
      if (!(error instanceof ApiError) || error.status !== 0) change({ key: randomId() });
      const fields = error instanceof ApiError ? error.problem.fields : [];
      setRefusals(Object.fromEntries(fields.map((one) => [one.field.replace(/^body\./, ""), one.message])));
      const [first] = fields;
      if (first) go(stepOfField(first.field.replace(/^body\./, "")));
      else notifications.show({ color: "red", message: failureText(t, error) });
    },
  });
  // A click while the files are being looked for is not lost.
  const next = useOnceReady(step === "data" && check.isLoading, () => {
    setTried((was) => new Set(was).add(step));
    const to = steps[place + 1];
    if (Object.keys(problems[step]).length === 0 && to) go(to);
  });
  const finish = () => {
    setTried(new Set(steps));
    const wrong = steps.find((one) => Object.keys(problems[one]).length > 0);
    if (wrong) go(wrong);
    else creation.mutate();
  };
  const parts = { draft, change, problems: shown };
  return (
    <Container size={860} py="xl">
      <PageHead name={t("wizard.title")}><Button component={Link} to="/projects" variant="subtle" color="gray">{t("wizard.leave")}</Button></PageHead>
      <Stepper active={place} onStepClick={(to) => to < place && go(steps[to] ?? "details")} size="sm" mb="lg" iconSize={30}>
        {steps.map((one, at) => <Stepper.Step key={one} label={t(`wizard.steps.${one}`)} allowStepSelect={at < place} />)}
      </Stepper>
      <Card padding="xl">
        {step === "details" && <DetailsStep {...parts} />}
        {step === "data" && <DataStep {...parts} check={check} />}
        {step === "rows" && kind !== "files" && <RowsStep {...parts} kind={kind} />}
        {step === "labels" && <LabelsStep {...parts} />}
        {step === "instructions" && <InstructionsStep {...parts} />}
        {step === "review" && <ReviewStep draft={draft} check={check.data} kind={kind} onEdit={go} />}
      </Card>
      <Group justify="space-between" mt="lg">
        <Button variant="default" disabled={place === 0} onClick={() => go(steps[place - 1] ?? "details")}>{t("common.back")}</Button>
        {step === "review" ? (
          <Button onClick={finish} loading={creation.isPending}>{t("wizard.review.create")}</Button>
        ) : (
          <Button onClick={next.start} loading={next.waiting}>{t("common.next")}</Button>
        )}
      </Group>
    </Container>
  );
}
