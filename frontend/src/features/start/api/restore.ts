import { api, ok, sourceOf, type Job } from "../../../api";
import type { Picked } from "../../../native";

interface Backup {
  file: Picked;
  dir: string;
  passphrase: string;
  /** recoveryKey is empty where the passphrase is the backup's. */
  recoveryKey: string;
}

/** startRestore begins to restore a backup; the job's result is Restored. */
export async function startRestore({ file, dir, passphrase, recoveryKey }: Backup): Promise<Job> {
  const body = {
    source: await sourceOf(file),
    passphrase,
    ...(dir && { dir }),
    ...(recoveryKey && { recovery_key: recoveryKey }),
  };
  return ok(api.POST("/workspaces/restore", { body }));
}
