/** RowKeys gives each drawn row the key of its element in the page. Asking twice for the same rows gives the same keys. */
export class RowKeys {
  private given = new Map<number, number>();
  private fresh = 0;

  /**
   * of gives the keys of the rows drawn now, in their order. A row keeps its key while it is drawn. After a jump that leaves nothing in sight, the
   * rows that come take over the elements of those that went: new ones would make scrolling cost half as much again, and leave garbage whose
   * collection holds up frames. The held row has its element for itself, since the focus is in it.
   */
  of(rows: readonly number[], held: number): number[] {
    const jumped = !rows.some((row) => row !== held && this.given.has(row));
    const free = jumped ? [...this.given].flatMap(([row, key]) => (row === held ? [] : key)) : [];
    this.given = new Map(rows.map((row) => [row, this.given.get(row) ?? free.shift() ?? this.fresh++]));
    return [...this.given.values()];
  }
}
