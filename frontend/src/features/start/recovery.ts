/** groupsOf splits a recovery key into the groups that a person writes down. */
export function groupsOf(key: string): string[] {
  return key.split(/[\s-]+/).filter(Boolean);
}

/** drawTwo picks two different places of a list of this length, in order. */
export function drawTwo(length: number, random: () => number = Math.random): [number, number] {
  const first = Math.floor(random() * length);
  const second = (first + 1 + Math.floor(random() * (length - 1))) % length;
  return first < second ? [first, second] : [second, first];
}

/** sameGroup compares as the program reads recovery keys: in any case, O for 0, I and L for 1. */
export function sameGroup(typed: string, group: string): boolean {
  return plain(typed) === plain(group);
}

function plain(text: string): string {
  return text.trim().toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}
