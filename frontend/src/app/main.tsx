import "@fontsource-variable/inter";
import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./app.css";
import "./contrast.css";
import "./print.css";
import "./touch.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { newQueryClient, startSession } from "../api";
import { speak, startI18n } from "../i18n";
import { App } from "./App";
import { remembered } from "./remembered";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element for the page");

startI18n();
await Promise.all([startSession(), speak(remembered().language)]);
createRoot(root).render(
  <StrictMode>
    <App client={newQueryClient()} />
  </StrictMode>,
);
