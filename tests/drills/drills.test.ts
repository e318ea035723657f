/**
 * Each drill in little, by the command that runs the long ones (fuzz in a file of its own), and what the command says when
 * it is typed wrongly.
 */
import { execFile } from 'node:child_process';
import { beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { ROOT } from '../support/source-tree.ts';
import { drill } from './short-drill.ts';

// The drills start a server of their own; here there is one already.
beforeAll(() => void vi.stubEnv('TEST_POSTGRES_URL', inject('postgres').url));

describe('a short run of', () => {
  it('kill loses nothing on either engine', async () => {
    const { code, err, out, last } = await drill('kill', '--rounds', '1');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^kill sqlite 1\/1: \d+ acknowledged/m);
    expect(last).toMatch(
      /^kill: 1 kills on SQLite and PostgreSQL, \d\d+ units acknowledged, .* verify green/,
    );
  });

  it('simulate comes to one root on both engines, and to the same one again', async () => {
    const first = await drill('simulate', '--steps', '300', '--seed', '3');
    const again = await drill('simulate', '--steps', '300', '--seed', '3');
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    const root = /, root ([0-9a-f]{64}) on SQLite and PostgreSQL, every row the same/;
    expect(root.exec(first.last)?.[1]).toBe(root.exec(again.last)?.[1] ?? 'none');
  });

  it('month comes out even on both engines, whoever was first at the points', async () => {
    const { code, err, out, last } = await drill('month', '--offsets', '50', '--estates', '2');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const engine of ['sqlite', 'postgres']) {
      const line = new RegExp(
        String.raw`^month ${engine}: 50 offsets \(.*48 posted.*\), \d+ redemptions`,
        'm',
      );
      expect(out).toMatch(line);
    }
    expect(last).toMatch(/nobody below zero, all sides equal, verify green$/);
  });
});

describe('the command', () => {
  const npmRunDrill = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(process.execPath, ['api/cli/launch.cjs', 'drill', ...args], { cwd: ROOT }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });

  it('lists only the drills that there are', async () => {
    const { code, out } = await npmRunDrill('--help');
    expect(code).toBe(0);
    expect(out.match(/^ {2}\w+/gm)).toEqual(['  kill', '  fuzz', '  simulate', '  month', '  office']);
  });

  it('says what is wrong, and ends with 2', async () => {
    const { code, err } = await npmRunDrill('year');
    expect(code).toBe(2);
    expect(err).toContain('There is no drill "year"; there are kill, fuzz, simulate, month, office.');
  });

  it.each([
    [[], 'Say which drill; there are kill, fuzz, simulate, month, office.'],
    [['kill', '--rounds', 'many'], '--rounds takes a whole number from 1, not "many".'],
    [['kill', '--loud'], "Unknown option '--loud'"],
    [['fuzz', '--only', 'web'], '--only takes model or api, not "web".'],
    [['fuzz', '--engine', 'oracle'], 'There is no engine "oracle"; there are sqlite and postgres.'],
    [['month', '--offsets', '0'], '--offsets takes a whole number from 1, not "0".'],
    [['simulate', '--seed', 'x'], '--seed takes a whole number'],
    [['office'], '--base and --password are needed.'],
  ])('refuses %j', async (args, sentence) => {
    const { code, out, err } = await drill(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });
});
