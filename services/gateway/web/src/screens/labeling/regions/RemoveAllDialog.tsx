/** Asks before all regions go, or all paint where nothing else is drawn. */
import { useTranslation } from "react-i18next";

import type { Annotator } from "../../../annotator/desk/annotator";
import { ConfirmDialog } from "../../../components/ConfirmDialog";

interface Props {
  annotator: Annotator | null;
  /** Regions that would go; null: nothing is asked. */
  going: readonly string[] | "paint" | null;
  /** How many regions there are. */
  count: number;
  onClose: () => void;
}

export function RemoveAllDialog({ annotator, going, count, onClose }: Props) {
  const { t } = useTranslation();
  const regions = going === "paint" ? [] : (going ?? []);
  const some = regions.length < count;
  const texts =
    going === "paint"
      ? { title: t("masks.clearTitle"), hint: t("masks.clearHint"), action: t("masks.clear") }
      : {
          title: t("regions.removeAllTitle", { count: regions.length }),
          hint: some ? t("regions.removeAllLocked", { count: regions.length }) : t("regions.removeAllHint"),
          action: t("regions.removeAll"),
        };
  const confirm = () => {
    if (going === "paint") annotator?.command({ type: "clearMask", items: [annotator.item] });
    else annotator?.remove(regions);
    onClose();
  };
  return <ConfirmDialog opened={going !== null} {...texts} danger focused onConfirm={confirm} onCancel={onClose} />;
}
