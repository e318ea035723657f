import { describe, expect, it } from 'vitest';
import { createLog } from './logs.ts';
import { createObserver } from './observe.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ logLevel: 'debug' }, (line) => lines.push(line)));
  return lines.join('');
}

describe('the log', () => {
  it('cuts what belongs to a person, one level down as well', () => {
    const line = logged((log) =>
      log.info(
        {
          name: '王小明',
          phone: '13800000001',
          person: { id: 'p1', name: '王小明' },
          req: { url: '/x?q=王小明', headers: 'a', ip: '192.0.2.7' },
        },
        'x',
      ),
    );
    expect(line).not.toMatch(/王小明|13800000001|192\.0\.2\.7/);
    expect(line).toContain('p1');
  });

  it('says where a bug is and not what was in the row', () => {
    const cause = new TypeError('phone 13800000001 is taken');
    const line = logged((log) =>
      log.error({ error: new Error('insert into people (王小明)', { cause }) }, 'a bug'),
    );
    expect(line).not.toMatch(/王小明|13800000001/);
    expect(line).toContain('logs.test.ts');
    expect(line).toContain('TypeError');
  });
});

describe('the metrics', () => {
  it('count answers by route pattern and write down no success of a machine', async () => {
    let lines = '';
    const observer = createObserver(createLog({ logLevel: 'info' }, (line) => (lines += line)));
    const served = { route: 'post /x/{id}', ms: 3, by: 'key' } as const;
    observer.observe({ ...served, status: 201 });
    observer.observe({ ...served, status: 201, ms: 99_999 });
    expect(lines).toBe('');
    observer.observe({ ...served, status: 422 });
    expect(lines).toContain('"status":422');
    observer.gauge('linli_test', 'A test', () => 7);
    const text = await observer.metrics();
    expect(text).toContain('linli_http_ms_bucket{route="post /x/{id}",status="201",le="5"} 1');
    expect(text).toContain('linli_http_ms_bucket{route="post /x/{id}",status="201",le="+Inf"} 2');
    expect(text).toContain('linli_test 7');
    expect(text).toContain('process_cpu_seconds_total');
  });
});
