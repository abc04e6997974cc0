/** A list that is paged through by falling position, with values only in parameters. */
export class ListQuery {
  #select;
  #order;
  #conditions = [];
  #values = [];

  constructor(select, order, cursor) {
    this.#select = select;
    this.#order = order;
    if (cursor !== undefined) this.where(`${order} < ?`, cursor);
  }

  /** Adds a condition; each `?` in it becomes the placeholder of the next value. */
  where(condition, ...values) {
    const placeholders = values.map((value) => `$${this.#values.push(value)}`);
    this.#conditions.push(condition.replaceAll('?', () => placeholders.shift()));
  }

  /** Runs the query: one page, and the cursor of the next. One row more than the page tells whether there is a next. */
  async page(pool, limit = '20', present) {
    const where = this.#conditions.length > 0 ? `WHERE ${this.#conditions.join(' AND ')}` : '';
    const size = Number(limit);
    const { rows } = await pool.query(
      `${this.#select} ${where} ORDER BY ${this.#order} DESC LIMIT $${this.#values.length + 1}`,
      [...this.#values, size + 1],
    );
    const shown = rows.slice(0, size);
    return { items: shown.map(present), next: rows.length > size ? shown.at(-1).position : null };
  }
}
