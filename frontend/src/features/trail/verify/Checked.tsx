import { List, Text } from "@mantine/core";
import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Verified } from "../../../api";

interface Props {
  result: Verified;
  against: string | null;
}

/** theirs are the kinds of violations that a comparison with another place finds. */
const theirs = new Set(["rollback", "remote_segment"]);
/** inner are those that only the deep check finds. */
const inner = new Set(["seal", "document", "read_models"]);

/** Checked lists what was looked at and how it stands, and says what was not looked at, so that nobody takes it for proven. */
export function Checked({ result, against }: Props) {
  const { t } = useTranslation(["trail", "common"]);
  const kinds = result.violations.map((violation) => violation.kind);
  const log = kinds.every((kind) => theirs.has(kind) || inner.has(kind));
  return (
    <>
      <List size="sm" spacing={4} listStyleType="none" mt={4}>
        <Line holds={log}>{t("verify.events", { count: result.events, feeds: t("verify.feeds", { count: result.feeds }) })}</Line>
        <Line holds={result.receipts > 0 ? !kinds.includes("receipt") : null}>
          {result.receipts > 0 ? t("verify.receipts", { count: result.receipts }) : t("verify.receiptsNone")}
        </Line>
        <Line holds={result.deep ? !kinds.some((kind) => inner.has(kind)) : null}>{t(result.deep ? "verify.deepDone" : "verify.deepNot")}</Line>
        <Line holds={against === null ? null : !kinds.some((kind) => theirs.has(kind))}>
          {against === null ? t("verify.againstNot") : t("verify.againstDone", { name: against })}
        </Line>
      </List>
      {result.digest !== null && (
        <Text size="xs" c="dimmed" mt={6}>
          {t("verify.digest")} <span className="mono">{result.digest}</span>
          <br />
          {t("verify.digestHelp")}
        </Text>
      )}
    </>
  );
}

/** Line is one thing; holds is null where it was not checked. */
function Line({ holds, children }: { holds: boolean | null; children: ReactNode }) {
  const { t } = useTranslation("trail");
  const icon =
    holds === null ? (
      <IconMinus size={16} role="img" aria-label={t("verify.not")} />
    ) : holds ? (
      <IconCheck size={16} role="img" aria-label={t("verify.yes")} color="var(--mantine-color-teal-text)" />
    ) : (
      <IconX size={16} role="img" aria-label={t("verify.no")} color="var(--mantine-color-red-text)" />
    );
  return <List.Item icon={icon}>{children}</List.Item>;
}
