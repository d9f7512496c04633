/** The columns of a table's row to read, each with its name (F172): what a label of the whole row is chosen by. */
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import { Passage } from "../../../annotator/text/passage";
import type { Cell } from "../../../labeling/texts";
import { type Font, lineHeight, STACKS } from "./font";
import { keepScrolling, PlainText } from "./PlainText";
import classes from "./Text.module.css";

interface Props {
  columns: readonly Cell[];
  name: string;
  font: Font;
}

/** A browser lays out so many letters at once without a pause that is felt. */
const LONG = 200_000;

export function RowText({ columns, name, font }: Props) {
  const length = columns.reduce((sum, { value }) => sum + value.length, 0);
  return length > LONG ? <LongRow columns={columns} name={name} font={font} /> : <ShortRow columns={columns} name={name} font={font} />;
}

function LongRow({ columns, name, font }: Props) {
  const passage = useMemo(() => new Passage(columns.map((cell) => `${cell.name}\n${cell.value}`).join("\n\n")), [columns]);
  return <PlainText passage={passage} name={name} font={font} />;
}

function ShortRow({ columns, name, font }: Props) {
  const { t } = useTranslation();
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) area.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={area} className={classes["cells"]} data-stage role="region" tabIndex={0} aria-label={t("texts.name", { name })} onKeyDown={keepScrolling}>
      <dl style={{ fontFamily: STACKS[font.family], fontSize: font.size, lineHeight: `${lineHeight(font)}px` }}>
        {columns.map((cell) => (
          <div key={cell.name}>
            <dt dir="auto">{cell.name}</dt>
            <dd dir="auto">{cell.value || <span className={classes["empty"]}>{t("texts.empty")}</span>}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
