import { OutOfBudget } from './budget.ts';

/**
 * The configurations a search has visited, exactly (no lossy hashing), in two flat arrays rather than a Set of objects, which would
 * end near 16.7 million entries. A configuration is a key (how far, which state, which pending operations are done) and the
 * set of unknown operations used; one with the same key and fewer unknown operations used is at least as good, so it dominates.
 */
export class SeenTable {
  #heads: Int32Array;
  #pool: Int32Array;
  #free = 0;
  #count = 0;
  readonly #keyWords: number;
  readonly #width: number;
  readonly #maxWords: number;

  constructor(keyWords: number, unknownWords: number, memoryBytes: number) {
    this.#keyWords = keyWords;
    // One word links the chain, one keeps the hash for growing.
    this.#width = 2 + keyWords + unknownWords;
    this.#maxWords = Math.min(Math.floor(memoryBytes / 8), 2 ** 30);
    this.#heads = new Int32Array(1024).fill(-1);
    this.#pool = new Int32Array(1024 * this.#width);
  }

  /** Remembers the configuration; false when it, or one that dominates it, was there already. */
  add(words: Int32Array): boolean {
    const hash = hashOf(words, this.#keyWords);
    const pool = this.#pool;
    for (let at = this.#heads[hash & (this.#heads.length - 1)] ?? -1; at >= 0; at = pool[at] ?? -1) {
      if (pool[at + 1] === hash && this.#dominates(at + 2, words)) return false;
    }
    this.#insert(words, hash);
    return true;
  }

  #dominates(at: number, words: Int32Array): boolean {
    const pool = this.#pool;
    for (let i = 0; i < this.#keyWords; i++) if (pool[at + i] !== words[i]) return false;
    for (let i = this.#keyWords; i < words.length; i++)
      if (((pool[at + i] ?? 0) & ~(words[i] ?? 0)) !== 0) return false;
    return true;
  }

  #insert(words: Int32Array, hash: number): void {
    if (this.#free + this.#width > this.#pool.length) {
      if (this.#pool.length >= this.#maxWords) throw new OutOfBudget('memory');
      const grown = new Int32Array(Math.min(this.#pool.length * 2, this.#maxWords + this.#width));
      grown.set(this.#pool);
      this.#pool = grown;
    }
    if (this.#count >= this.#heads.length) this.#rehash();
    const slot = hash & (this.#heads.length - 1);
    const at = this.#free;
    this.#pool[at] = this.#heads[slot] ?? -1;
    this.#pool[at + 1] = hash;
    this.#pool.set(words, at + 2);
    this.#heads[slot] = at;
    this.#free += this.#width;
    this.#count++;
  }

  #rehash(): void {
    const heads = new Int32Array(this.#heads.length * 2).fill(-1);
    for (let at = 0; at < this.#free; at += this.#width) {
      const slot = (this.#pool[at + 1] ?? 0) & (heads.length - 1);
      this.#pool[at] = heads[slot] ?? -1;
      heads[slot] = at;
    }
    this.#heads = heads;
  }
}

function hashOf(words: Int32Array, length: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < length; i++) {
    hash = Math.imul(hash ^ (words[i] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash ^ (hash >>> 13);
}
