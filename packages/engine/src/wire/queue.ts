/** First in, first out, without moving what is inside. */
export class Queue<T> {
  #items: (T | undefined)[] = [];
  #first = 0;

  get size(): number {
    return this.#items.length - this.#first;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  peek(): T | undefined {
    return this.#items[this.#first];
  }

  shift(): T | undefined {
    const item = this.#items[this.#first];
    if (item === undefined) return undefined;
    this.#items[this.#first] = undefined;
    this.#first += 1;
    if (this.#first === this.#items.length) {
      this.#items.length = 0;
      this.#first = 0;
    } else if (this.#first > 1024) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }

  /** What waits, first in first. */
  waiting(): readonly T[] {
    const items: T[] = [];
    for (let index = this.#first; index < this.#items.length; index += 1) {
      const item = this.#items[index];
      if (item !== undefined) items.push(item);
    }
    return items;
  }

  replaceAll(items: readonly T[]): void {
    this.#items = [...items];
    this.#first = 0;
  }
}
