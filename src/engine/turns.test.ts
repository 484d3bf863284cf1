import { describe, expect, it } from 'vitest';
import { breathe } from './pacer.ts';
import { createTurns } from './turns.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('turns', () => {
  it('go round: everybody works once before anybody works twice', async () => {
    const turns = createTurns();
    const order: string[] = [];
    const work = async (name: string) => {
      for (let k = 0; k < 3; k++) {
        await turns.next();
        order.push(name);
      }
    };
    await Promise.all([work('a'), work('b'), work('c')]);
    expect(order.join('')).toBe('abcabcabc');
  });

  it('let a message that arrives during one turn in before the next', async () => {
    const turns = createTurns();
    const order: string[] = [];
    const work = async (name: string) => {
      await turns.next();
      order.push(name);
      if (name === 'a') void breathe().then(() => order.push('message'));
    };
    await Promise.all([work('a'), work('b'), work('c')]);
    expect(order).toEqual(['a', 'message', 'b', 'c']);
  });

  it('stand still while the slider moves, and go on once it has rested', async () => {
    const turns = createTurns(40);
    let worked = 0;
    let open = true;
    const work = (async () => {
      while (open) {
        await turns.next();
        worked++;
      }
    })();
    await wait(10);
    expect(worked).toBeGreaterThan(0);
    turns.yieldTo();
    await wait(0);
    const before = worked;
    for (let k = 0; k < 8; k++) {
      turns.yieldTo();
      await wait(10);
    }
    expect(worked).toBe(before);
    await wait(120);
    expect(worked).toBeGreaterThan(before);
    open = false;
    await work;
  });

  it('serve who comes after everybody was served', async () => {
    const turns = createTurns();
    await turns.next();
    await wait(5);
    await turns.next();
  });
});
