/** A small picture with a quiet place holder while it comes, and when it does not. */
import { IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";

import classes from "./Thumb.module.css";

export function Thumb({ src, alt }: { src: string; alt: string }) {
  const [broken, setBroken] = useState(false);
  if (broken) return <span className={classes["thumb"]} role="img" aria-label={alt}><IconPhotoOff size={18} /></span>;
  return <img className={classes["thumb"]} src={src} alt={alt} loading="lazy" onError={() => setBroken(true)} />;
}
