/** Entry of the web UI. */
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import { startLanguage } from "./i18n";

import "./app/styles";
import "./app/theme.css";

startLanguage();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
