import { describe, expect, it } from 'vitest';
import { type LimitedOutput, OutputLimiter } from './output-limiter.ts';

function collect(): { readonly limiter: OutputLimiter; readonly outputs: LimitedOutput[]; text(): string } {
  const outputs: LimitedOutput[] = [];
  return {
    limiter: new OutputLimiter((output) => outputs.push(output)),
    outputs,
    text: () => outputs.map(({ text }) => text).join(''),
  };
}

describe('OutputLimiter', () => {
  it('passes on what is printed at a human pace, also characters that come in pieces', () => {
    const { limiter, text } = collect();
    for (const byte of Buffer.from('grüße\nan alle')) {
      limiter.write(Buffer.from([byte]));
      limiter.nextWindow();
    }
    limiter.end();
    expect(text()).toBe('grüße\nan alle');
  });

  it('keeps the end of a flood, and counts what is missing', () => {
    const { limiter, outputs, text } = collect();
    const line = `${'x'.repeat(99)}\n`;
    for (let count = 0; count < 10_000; count += 1) limiter.write(Buffer.from(line));
    limiter.write(Buffer.from('the last words'));
    limiter.end();
    expect(text().endsWith('the last words')).toBe(true);
    const missing = outputs.find(({ dropped }) => dropped !== null)?.dropped;
    expect(Buffer.byteLength(text()) + (missing?.bytes ?? 0)).toBe(1_000_014);
    expect(text().split('\n').length - 1 + (missing?.lines ?? 0)).toBe(10_000);
    expect(text().length).toBeLessThan(70_000);
  });

  it('asks for a pause when a window holds megabytes', () => {
    const { limiter } = collect();
    const piece = Buffer.alloc(1 << 20, 'y\n');
    const answers = Array.from({ length: 5 }, () => limiter.write(piece));
    expect(answers).toEqual([true, true, true, false, false]);
    limiter.nextWindow();
    expect(limiter.write(piece)).toBe(true);
  });
});
