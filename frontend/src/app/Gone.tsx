import { Alert } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useReachable } from "../api";

/** Gone says that the program behind the page does not answer, as long as it does not. */
export function Gone() {
  const { t } = useTranslation();
  if (useReachable()) return null;
  return (
    <Alert color="red" radius={0} icon={<IconPlugConnectedX aria-hidden />} title={t("failure.gone")} role="alert">
      {t("failure.goneHint")}
    </Alert>
  );
}
