import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { applySettings, difference, parseSettings } from '../settings.mjs';
import { FakeSettings } from './support/fake-settings.mjs';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

const wanted = {
  defaultEmail: 'ann@shop.example',
  globalNotifications: { JOB_FAILED: { enabled: true, overrideEmails: ['it@shop.example'] }, ORDER_ON_HOLD: { enabled: false } },
};

async function withFake(use) {
  const fake = await FakeSettings.start();
  try {
    await use(fake);
  } finally {
    fake.close();
  }
}

test('only what is different is sent', async () => {
  await withFake(async (fake) => {
    const first = await applySettings({ url: fake.url, wanted });
    const again = await applySettings({ url: fake.url, wanted });

    assert.deepEqual(first, { version: 1, changed: true });
    assert.deepEqual(again, { version: 1, changed: false });
    assert.deepEqual(fake.updates, [
      {
        expectedVersion: 0,
        defaultEmail: 'ann@shop.example',
        globalNotifications: [{ type: 'JOB_FAILED', enabled: true, overrideEmails: ['it@shop.example'] }],
      },
    ]);
  });
});

test('what the file does not say is kept, and null clears', () => {
  const settings = {
    defaultEmail: 'ann@shop.example',
    globalNotifications: [{ type: 'JOB_FAILED', enabled: true, overrideEmails: ['a@x.com'] }],
  };

  assert.equal(difference(settings, {}), undefined);
  assert.equal(difference(settings, { globalNotifications: { JOB_FAILED: { enabled: true } } }), undefined);
  assert.deepEqual(difference(settings, { defaultEmail: null }), { defaultEmail: null });
  assert.deepEqual(difference(settings, { globalNotifications: { JOB_FAILED: { overrideEmails: null } } }), {
    globalNotifications: [{ type: 'JOB_FAILED', overrideEmails: null }],
  });
  assert.deepEqual(difference(settings, { globalNotifications: { JOB_FAILED: { overrideEmails: ['b@x.com'] } } }), {
    globalNotifications: [{ type: 'JOB_FAILED', overrideEmails: ['b@x.com'] }],
  });
  settings.globalNotifications[0].overrideEmails = [];
  assert.equal(difference(settings, { globalNotifications: { JOB_FAILED: { overrideEmails: null } } }), undefined);
});

test('when somebody else saves meanwhile it looks again', async () => {
  await withFake(async (fake) => {
    fake.meanwhile = () => {
      if (fake.updates.length < 3) fake.settings = { ...fake.settings, version: fake.settings.version + 1, defaultEmail: 'ann@shop.example' };
    };

    assert.deepEqual(await applySettings({ url: fake.url, wanted }), { version: 3, changed: true });
    assert.deepEqual(fake.updates.map(({ expectedVersion }) => expectedVersion), [0, 1, 2]);
    assert.equal(fake.updates[0].defaultEmail, 'ann@shop.example');
    assert.equal('defaultEmail' in fake.updates[1], false);
  });
});

test('it gives up when somebody else always saves meanwhile', async () => {
  await withFake(async (fake) => {
    fake.meanwhile = () => {
      fake.settings = { ...fake.settings, version: fake.settings.version + 1 };
    };

    await assert.rejects(applySettings({ url: fake.url, wanted }), /expectedVersion: Changed meanwhile. \(CONFLICT\)/);
    assert.equal(fake.updates.length, 5);
  });
});

test('a refusal names the toggle as the file does, and is not repeated', async () => {
  await withFake(async (fake) => {
    fake.refuses = [
      { code: 'INVALID', message: 'No address.', field: ['globalNotifications', '0', 'overrideEmails', '0'] },
      { code: 'REQUIRED', message: 'Empty.', field: ['defaultEmail'] },
    ];

    await assert.rejects(applySettings({ url: fake.url, wanted }), {
      message: 'JOB_FAILED.overrideEmails.0: No address. (INVALID)\ndefaultEmail: Empty. (REQUIRED)',
    });
    assert.equal(fake.updates.length, 1);
  });
});

test('a file with a misspelled name is refused', () => {
  assert.throws(() => parseSettings('[]'), /the file is not an object/);
  assert.throws(() => parseSettings('{"defaultMail": "a@x.com"}'), /the file has "defaultMail"/);
  assert.throws(() => parseSettings('{"globalNotifications": {"JOB_FAILED": true}}'), /JOB_FAILED is not an object/);
  assert.throws(() => parseSettings('{"globalNotifications": {"JOB_FAILED": {"enable": true}}}'), /JOB_FAILED has "enable"/);
});

test('the script says what it did, and its exit code whether it did it', async () => {
  await withFake(async (fake) => {
    const run = (...options) => promisify(execFile)(process.execPath, [path('node/apply-settings.mjs'), path('data/settings.json'), ...options]);

    assert.equal((await run('--url', fake.url)).stdout, 'saved as version 1\n');
    fake.refuses = [{ code: 'NOT_FOUND', message: 'None.\u001b[2J', field: ['globalNotifications', '0', 'type'] }];
    await assert.rejects(run('--url', fake.url), { code: 1, stderr: 'SOURCE_INVOICE_COST_OF_GOODS_MISMATCH.type: None. [2J (NOT_FOUND)\n' });
    await assert.rejects(run('--no-such-option'), { code: 2 });
  });
});

test('the sample file can be read', () => {
  const { defaultEmail, globalNotifications } = parseSettings(readFileSync(path('data/settings.json'), 'utf8'));

  assert.match(defaultEmail, /@/);
  assert.ok(Object.keys(globalNotifications).length > 3);
});
