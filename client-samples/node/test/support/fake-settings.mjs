// The settings of one account behind HTTP. Somebody else can save between a look and an update.

import { once } from 'node:events';
import { createServer } from 'node:http';

export class FakeSettings {
  settings = {
    version: 0,
    defaultEmail: null,
    globalNotifications: ['ORDER_ON_HOLD', 'JOB_FAILED'].map((type) => ({ type, enabled: false, overrideEmails: [] })),
  };
  updates = [];
  /** Is called before each update is looked at. */
  meanwhile = () => {};
  refuses = [];
  #server = createServer((request, response) => this.#serve(request, response));

  static async start() {
    const fake = new FakeSettings();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request, response) {
    let text = '';
    for await (const part of request) text += part;
    if (request.url.startsWith('/demo/token')) return response.end('token');
    const { operationName, variables } = JSON.parse(text);
    const answer = operationName === 'notificationSettings' ? this.settings : this.#update(variables.input);
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify({ data: { [operationName]: answer } }));
  }

  #update(input) {
    this.updates.push(input);
    this.meanwhile();
    const conflict = { code: 'CONFLICT', message: 'Changed meanwhile.', field: ['expectedVersion'] };
    const userErrors = input.expectedVersion === this.settings.version ? this.refuses : [conflict];
    if (!userErrors.length) this.#save(input);
    return { notificationSettings: this.settings, userErrors };
  }

  #save({ defaultEmail = this.settings.defaultEmail, globalNotifications = [] }) {
    this.settings = {
      version: this.settings.version + 1,
      defaultEmail,
      globalNotifications: this.settings.globalNotifications.map((now) => ({
        ...now,
        ...globalNotifications.find(({ type }) => type === now.type),
      })),
    };
  }
}
