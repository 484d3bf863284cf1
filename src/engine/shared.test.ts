import { describe, expect, test } from 'vitest';
import { Cancelled, type Checkpoint } from './backend.ts';
import { memo } from './memo.ts';
import { shared } from './shared.ts';

function caller() {
  const state = { cancelled: false };
  const checkpoint: Checkpoint = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    if (state.cancelled) throw new Cancelled();
  };
  return { state, checkpoint };
}

/** Work of twenty pieces on a checkpoint. */
const work = (checkpoint: Checkpoint, made: string[], name: string) => async () => {
  for (let k = 0; k < 20; k++) await checkpoint(k / 20, 'Working');
  made.push(name);
  return name;
};

describe('work that two callers share', () => {
  test('is done once', async () => {
    const [store, made, one, two] = [memo<string>(2), [] as string[], caller(), caller()];
    const both = [one, two].map(({ checkpoint }, k) =>
      shared(store, 'key', work(checkpoint, made, `${k}`), checkpoint),
    );
    expect(await Promise.all(both)).toEqual(['0', '0']);
    expect(made).toEqual(['0']);
  });

  test('is taken up by the other where the one who began is cancelled', async () => {
    const [store, made, one, two] = [memo<string>(2), [] as string[], caller(), caller()];
    const first = shared(store, 'key', work(one.checkpoint, made, 'first'), one.checkpoint);
    const second = shared(store, 'key', work(two.checkpoint, made, 'second'), two.checkpoint);
    one.state.cancelled = true;
    await expect(first).rejects.toThrow(Cancelled);
    expect(await second).toBe('second');
    expect(made).toEqual(['second']);
  });

  test('goes on for the one who began where the other is cancelled, who leaves at once', async () => {
    const [store, made, one, two] = [memo<string>(2), [] as string[], caller(), caller()];
    let finish = (): void => {};
    const first = shared(
      store,
      'key',
      () => new Promise<string>((resolve) => (finish = () => resolve('first'))),
      one.checkpoint,
    );
    const second = shared(store, 'key', work(two.checkpoint, made, 'second'), two.checkpoint);
    two.state.cancelled = true;
    await expect(second).rejects.toThrow(Cancelled);
    finish();
    expect(await first).toBe('first');
    expect(made).toEqual([]);
  });

  test('that fails fails for both', async () => {
    const [store, one, two] = [memo<string>(2), caller(), caller()];
    const broken = async (): Promise<string> => {
      await one.checkpoint(0, 'Working');
      throw new Error('no such file');
    };
    const first = shared(store, 'key', broken, one.checkpoint);
    const second = shared(store, 'key', broken, two.checkpoint);
    await expect(first).rejects.toThrow('no such file');
    await expect(second).rejects.toThrow('no such file');
  });
});
