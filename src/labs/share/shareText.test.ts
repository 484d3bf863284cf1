import { describe, expect, test } from 'vitest';
import { DEFAULT_SPEC } from '../../spec/defaultSpec.ts';
import { decodeLink } from '../../spec/link.ts';
import { readSeen } from '../../spec/linkSeen.ts';
import { embedCode, markdown, shareLink, specTitle, type ShareChoices } from './shareText.ts';

const PAGE = 'https://lab.example/deep/';
const NOTHING: ShareChoices = { seen: null, present: false, file: null, from: [], unknown: [] };
const spec = { ...DEFAULT_SPEC, drift: { ...DEFAULT_SPEC.drift, sigma: 0.1 } };
const seenText = readSeen('auc:.87021');
const seen = seenText.ok ? seenText.value : null;
const hash = (link: string) => link.slice(link.indexOf('#') + 1);

describe('what is shared', () => {
  test('of the default page is its plain address', () => {
    expect(shareLink(PAGE, DEFAULT_SPEC, NOTHING)).toBe(PAGE);
  });

  test('holds the spec and each choice, and nothing that was not chosen', () => {
    expect(shareLink(PAGE, spec, NOTHING)).toBe(`${PAGE}#v=1&lab=drift&sigma=0.1`);
    const link = shareLink(PAGE, spec, { ...NOTHING, seen, present: true, file: 'my rows.npy', unknown: [['x', 'y']] });
    expect(link).toBe(`${PAGE}#v=1&lab=drift&sigma=0.1&x=y&present=1&file=my%20rows.npy&seen=auc:.87021`);
    expect(decodeLink(hash(link))).toMatchObject({ spec, problems: [], settings: { present: true, seen } });
  });

  test('as Markdown keeps brackets and parentheses from ending it early', () => {
    const text = markdown('https://lab.example/a(b)#slice=x', 'A [set] of_rows', 'AUC 0.870');
    expect(text).toBe('[Silent Failure Lab: A \\[set\\] of\\_rows](https://lab.example/a%28b%29#slice=x) (AUC 0.870)');
  });

  test('as a frame names its parts and cannot leave its attribute', () => {
    const code = embedCode(
      PAGE,
      spec,
      { ...NOTHING, present: true },
      { only: ['reliability', 'roc'], controls: false },
      'a "b" <c>',
    );
    expect(code).toContain(
      'src="https://lab.example/deep/#v=1&amp;lab=drift&amp;sigma=0.1&amp;embed=1&amp;only=roc,reliability&amp;hide=controls"',
    );
    expect(code).toContain('title="Silent Failure Lab: a &quot;b&quot; &lt;c&gt;"');
    expect(code).not.toContain('present');
  });

  test('says a spec in a few words', () => {
    expect(specTitle(spec, 'Tweets')).toBe('Tweets, gaussian noise, σ = 0.1');
    const update = { ...spec, drift: { ...spec.drift, kind: 'model', to: 'int8', t: 0.5 } } as const;
    expect(specTitle(update, 'Tweets')).toBe('Tweets, real model update, to int8, t = 0.5');
  });
});
