import { MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import "dayjs/locale/de";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { speak } from "../i18n";
import { native } from "../native";
import { AppearanceContext, type Appearance } from "../shared";
import { remember, remembered } from "./remembered";
import { themeOf, variables } from "./theme";

/** Look gives the page its theme, language and sizes, and remembers them. */
export function Look({ children }: { children: ReactNode }) {
  const [appearance, setAppearance] = useState(remembered);
  const change = useCallback((part: Partial<Appearance>) => {
    setAppearance((before) => ({ ...before, ...part }));
  }, []);
  const held = useMemo(() => ({ appearance, change }), [appearance, change]);
  const { t } = useTranslation();
  const close = t("actions.close");
  const reveal = t("actions.reveal");
  const theme = useMemo(() => themeOf(appearance.touch, { close, reveal }), [appearance.touch, close, reveal]);

  useEffect(() => {
    remember(appearance);
    const { dataset } = document.documentElement;
    dataset.contrast = appearance.theme === "contrast" || appearance.theme === "paper" ? "high" : "normal";
    dataset.touch = String(appearance.touch);
  }, [appearance]);
  useEffect(() => {
    void speak(appearance.language);
    native.setLanguage(appearance.language);
  }, [appearance.language]);

  return (
    <AppearanceContext value={held}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        defaultColorScheme="auto"
        {...schemeOf(appearance.theme)}
      >
        <DatesProvider settings={{ locale: appearance.language, firstDayOfWeek: 1 }}>
          <ModalsProvider>
            {children}
            <Notifications position="bottom-right" />
          </ModalsProvider>
        </DatesProvider>
      </MantineProvider>
    </AppearanceContext>
  );
}

/** schemeOf forces light or dark unless the machine decides. */
function schemeOf(theme: Appearance["theme"]): { forceColorScheme?: "light" | "dark" } {
  if (theme === "system") return {};
  return { forceColorScheme: theme === "light" || theme === "paper" ? "light" : "dark" };
}
