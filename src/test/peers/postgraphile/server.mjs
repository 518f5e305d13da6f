// PostGraphile 4 over Belfry's tables: no tokens, no rules of its own. Arguments: port, URL of the database.
import { createServer } from 'node:http';
import filters from 'postgraphile-plugin-connection-filter';
import postgraphile from 'postgraphile';
import { port } from '../accounts.mjs';

const tables = postgraphile.postgraphile(process.argv[3], 'public', {
  appendPlugins: [filters.default ?? filters],
  disableQueryLog: true,
  disableDefaultMutations: true,
  dynamicJson: true,
  graphqlRoute: '/graphql',
  ignoreRBAC: true,
  queryCacheMaxSize: 50 * 1024 * 1024,
});
createServer(tables).listen(port());
