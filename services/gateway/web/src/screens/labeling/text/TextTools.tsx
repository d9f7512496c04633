/** Size and letters of texts (F164, F165). */
import { IconTextDecrease, IconTextIncrease, IconTextSize } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { StageSelect } from "../StageSelect";
import { ToolButton } from "../ToolButton";
import { FAMILIES, type FontChoice } from "./font";

export function TextTools({ choice }: { choice: FontChoice }) {
  const { t } = useTranslation();
  const { font, larger, smaller, usual, setFamily } = choice;
  return (
    <>
      <ToolButton name={t("texts.smaller")} keys="−" disabled={!smaller} onClick={() => smaller?.()}><IconTextDecrease size={18} /></ToolButton>
      <ToolButton name={t("texts.usual")} keys="0" onClick={usual}><IconTextSize size={18} /></ToolButton>
      <ToolButton name={t("texts.larger")} keys="+" disabled={!larger} onClick={() => larger?.()}><IconTextIncrease size={18} /></ToolButton>
      <StageSelect
        w={118}
        aria-label={t("texts.font")}
        data={FAMILIES.map((value) => ({ value, label: t(`texts.fonts.${value}`) }))}
        value={font.family}
        onChange={(value) => setFamily(FAMILIES.find((one) => one === value) ?? font.family)}
      />
    </>
  );
}
