/**
 * What tests of the whole application share: a real PostgreSQL, tokens, accounts, and
 * clients.
 */
package dev.belfry.testing;
