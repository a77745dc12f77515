import "@fontsource-variable/inter";
// In a layer of their own, so that our rules win wherever the bundler puts them.
import "@mantine/core/styles.layer.css";
import "@mantine/dates/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
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
