import { describe, expect, test } from 'vitest';
import { CHROMIUM, CJK_FONT, HLEDGER, isDebianRelease, type Machine, planInstall } from './tools.ts';

const debianRoot: Machine = {
  missing: [CHROMIUM, CJK_FONT, HLEDGER],
  isRoot: true,
  isDebian: true,
  mayNotInstall: false,
};

describe('what a test run installs', () => {
  test('is nothing where everything is there', () => {
    expect(planInstall({ ...debianRoot, missing: [] })).toEqual({ do: 'nothing' });
    expect(planInstall({ ...debianRoot, missing: [], mayNotInstall: true })).toEqual({ do: 'nothing' });
  });

  test('is only what is missing, each with its reason', () => {
    const decision = planInstall({ ...debianRoot, missing: [HLEDGER] });
    expect(decision).toMatchObject({ do: 'install', packages: ['hledger'] });
    expect(decision.do === 'install' && decision.lines.join()).toContain('independent program');
  });

  test('is nothing when LINLI_NO_INSTALL=1, which ends in one line with all that is missing', () => {
    const decision = planInstall({ ...debianRoot, mayNotInstall: true });
    if (decision.do !== 'refuse') throw new Error('it would have installed');
    expect(decision.line).not.toContain('\n');
    for (const word of ['Chromium', 'a CJK font', 'hledger', 'LINLI_NO_INSTALL=1']) {
      expect(decision.line).toContain(word);
    }
  });

  test('is nothing without root, or on another system', () => {
    expect(planInstall({ ...debianRoot, isRoot: false }).do).toBe('refuse');
    const elsewhere = planInstall({ ...debianRoot, isDebian: false });
    expect(elsewhere.do === 'refuse' && elsewhere.line).not.toContain('apt-get');
  });
});

test('Ubuntu is not taken for Debian', () => {
  expect(isDebianRelease('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n')).toBe(true);
  expect(isDebianRelease('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n')).toBe(false);
});
