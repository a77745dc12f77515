import { notifications } from "@mantine/notifications";

/** tell says in a corner of the window what was done; what went wrong stays beside where it happened instead. */
export function tell(message: string, title?: string): void {
  notifications.show({ message, ...(title && { title }), autoClose: 5000 });
}
