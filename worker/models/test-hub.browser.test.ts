import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { connectTestHub } from '../../scripts/test-hub/connect-test-hub.ts';

describe('the test hub, asked by a page of another origin', () => {
  it('is read like the hub, and misbehaves as a test tells it to', async () => {
    const hub = connectTestHub(await commands.startTestHub());
    const file = `${hub.address}/alcove-test/tiny-bert/resolve/main/config.json`;
    const part = await fetch(file, { headers: { Range: 'bytes=0-9', 'If-Range': '"of-no-version"' } });
    expect([part.status, part.headers.get('ETag')?.length]).toEqual([200, 66]);
    await hub.fail('alcove-test/tiny-bert/config.json', [{ kind: 'redirect' }]);
    expect((await fetch(file)).redirected).toBe(true);
    await hub.fail('alcove-test/tiny-bert/config.json', [{ kind: 'no-cors' }]);
    await expect(fetch(file)).rejects.toThrowError('Failed to fetch');
    expect((await hub.requests()).map(({ method }) => method)).toContain('OPTIONS');
    await hub.stop();
  });
});
