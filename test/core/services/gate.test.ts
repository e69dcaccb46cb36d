import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src/core/services/gate.ts';

const NEVER = new AbortController().signal;

describe('a gate', () => {
  it('lets everything pass while it is open', async () => {
    expect(await createGate().pass(NEVER)).toBe('all');
  });

  it('holds back while it is closed, until it opens', async () => {
    const gate = createGate();
    gate.set(true);
    const passing = gate.pass(NEVER);
    expect(await Promise.race([passing, 'held'])).toBe('held');
    gate.set(false);
    expect(await passing).toBe('all');
  });

  it('lets one instant pass for each step', async () => {
    const gate = createGate();
    gate.set(true);
    gate.step();
    gate.step();
    expect([await gate.pass(NEVER), await gate.pass(NEVER)]).toEqual(['one', 'one']);
    expect(await Promise.race([gate.pass(NEVER), 'held'])).toBe('held');
  });

  it('forgets the steps that nobody took when it opens', async () => {
    const gate = createGate();
    gate.set(true);
    gate.step();
    gate.set(false);
    gate.set(true);
    expect(await Promise.race([gate.pass(NEVER), 'held'])).toBe('held');
  });

  it('owes no step to one who gave up', async () => {
    const gate = createGate();
    gate.set(true);
    await gate.pass(AbortSignal.abort());
    gate.step();
    expect(await Promise.race([gate.pass(NEVER), 'held'])).toBe('one');
  });

  it('holds nobody back whose signal aborts', async () => {
    const gate = createGate();
    const ending = new AbortController();
    gate.set(true);
    const passing = gate.pass(ending.signal);
    ending.abort();
    await passing;
  });
});
